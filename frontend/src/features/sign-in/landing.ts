import type { Session } from "@/api/types";
import { can, isHeldBack, isStaffSession } from "@/lib/session";

/** Where a person belongs who was not on the way to anything else. */
const ownPlace = (session: Session): string => {
  if (isStaffSession(session)) return "/staff";
  if (can(session, "case.see_sent")) return "/creditor";
  if (can(session, "desk.enter")) return "/desk";
  const runsOrganisation = session.user?.organisations.some((item) => item.is_administrator) ?? false;
  return runsOrganisation && !can(session, "case.file") ? "/organisation" : "/cases";
};

/** Where signing in leads: on to what was wanted, for staff without a second factor by way of setting it up. */
export const landingOf = (session: Session, next: string | null): string => {
  const target = next ?? ownPlace(session);
  return isHeldBack(session) ? `/account/second-factor?next=${encodeURIComponent(target)}` : target;
};
