import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";

import { LetterList } from "@/features/creditor-room/components/letter-list";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("room.list"))("title"),
});

const CreditorPage = () => (
  <Suspense>
    <LetterList />
  </Suspense>
);

export default CreditorPage;
