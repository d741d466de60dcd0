"use client";

import { PersonPage } from "@/features/staff-people/components/person-page";
import { ViewAsDialog } from "@/features/view-as/components/view-as-dialog";

export const PersonScreen = ({ personId }: { personId: string }) => (
  <PersonPage
    personId={personId}
    renderViewAs={(person, close) => (
      <ViewAsDialog personId={person.id} personName={person.full_name} onClose={close} />
    )}
  />
);
