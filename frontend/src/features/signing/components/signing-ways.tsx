"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";

import type { SigningWay, WayList } from "@/api/signing";
import { Loaded } from "@/components/loaded";
import { Alert } from "@/components/ui/alert";
import { RadioCards } from "@/components/ui/choices";
import { Skeleton } from "@/components/ui/skeleton";
import { Link } from "@/lib/i18n/navigation";
import { sessionQuery } from "@/lib/session";
import { useDeviceDraft } from "@/lib/use-device-draft";
import { usePhone } from "@/lib/use-phone";

import { waysQuery } from "../queries";
import type { WayProps } from "../way-props";
import { arrangeWays, type ClosedWay, commonReason, firstWay, lastWayShape, WAYS } from "../ways";
import { SmsWay } from "./sms-way";

const coming = () => <Skeleton className="h-24" />;

// Most people sign by SMS: the rest is fetched by those who choose it.
const NcaLayerWay = dynamic(() => import("./ncalayer-way").then((found) => found.NcaLayerWay), {
  ssr: false,
  loading: coming,
});
const QrWay = dynamic(() => import("./qr-way").then((found) => found.QrWay), { ssr: false, loading: coming });
const PaperWay = dynamic(() => import("./paper-way").then((found) => found.PaperWay), {
  ssr: false,
  loading: coming,
});

const PANELS: Record<SigningWay, (props: WayProps) => React.ReactNode> = {
  sms: (props) => <SmsWay {...props} />,
  ncalayer: (props) => <NcaLayerWay {...props} />,
  egov_qr: (props) => <QrWay {...props} />,
  paper: (props) => <PaperWay {...props} />,
};

const FIX_PLACES = {
  profile: "/account/security",
  name: "/account",
  contacts: "/account/security",
  consents: "/account/consents",
};

const Fix = ({ way }: { way: ClosedWay }) => {
  const t = useTranslations("signing.ways");
  if (!way.fix) return null;
  return (
    <>
      {" "}
      <Link href={FIX_PLACES[way.fix]} className="font-medium text-primary underline underline-offset-4">
        {t(`fix.${way.fix}`)}
      </Link>
    </>
  );
};

const NoWay = ({ closed }: { closed: readonly ClosedWay[] }) => {
  const t = useTranslations("signing.ways");
  const common = commonReason(closed);
  if (common) {
    return (
      <Alert tone="warning">
        {common.reason}
        <Fix way={common} />
      </Alert>
    );
  }
  return (
    <>
      <Alert tone="warning">{t("none")}</Alert>
      <ClosedWays ways={closed} />
    </>
  );
};

const ClosedWays = ({ ways }: { ways: readonly ClosedWay[] }) => {
  const t = useTranslations("signing.ways");
  if (ways.length === 0) return null;
  return (
    <div className="flex flex-col gap-1 border-t border-line pt-3 text-sm text-muted">
      <h3 className="font-medium text-text">{t("closed")}</h3>
      <ul className="flex flex-col gap-1">
        {ways.map((way) => (
          <li key={way.method} className="measure">
            {way.needsComputer
              ? t("needsComputer")
              : `${t(`${way.method}.name`)}: ${way.reason || t("notNow")}`}
            <Fix way={way} />
          </li>
        ))}
      </ul>
    </div>
  );
};

interface WaysProps extends WayProps {
  /** A signed paper is being looked at: its place opens first. */
  isOnCheck: boolean;
}

const Choice = ({ list, personId, isOnCheck, ...props }: WaysProps & { list: WayList; personId: string }) => {
  const t = useTranslations("signing.ways");
  const isPhone = usePhone();
  const last = useDeviceDraft<SigningWay | null>("signing-way", personId, lastWayShape, null);
  const { open, closed } = arrangeWays(list.items, isPhone);
  const [chosen, setChosen] = useState<SigningWay | null>(null);
  const way = chosen && open.includes(chosen) ? chosen : firstWay(open, isOnCheck ? "paper" : last.draft);
  const choose = (value: string) => {
    const found = WAYS.find((one) => one === value) ?? null;
    setChosen(found);
    last.keep(found);
  };
  if (!way) return <NoWay closed={closed} />;
  return (
    <>
      {open.length > 1 && (
        <RadioCards
          id="signing-way"
          name="signing-way"
          label={t("title")}
          value={way}
          choices={open.map((value) => ({
            value,
            label: t(`${value}.name`),
            help: t(`${value}.help`),
          }))}
          onValueChange={choose}
        />
      )}
      <div key={way} className="flex flex-col gap-4">
        {PANELS[way](props)}
      </div>
      <ClosedWays ways={closed} />
    </>
  );
};

/** How to sign: the ways that are open to this person with this document, the easiest first. */
export const SigningWays = (props: WaysProps) => {
  const query = useQuery(waysQuery(props.requestId));
  const { data: session } = useQuery(sessionQuery);
  return (
    <Loaded query={query} shapes={["h-16", "h-16"]}>
      {(list) => <Choice list={list} personId={session?.user?.id ?? ""} {...props} />}
    </Loaded>
  );
};
