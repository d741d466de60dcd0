import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";

import { MySignaturesCard } from "@/app/[locale]/my-signatures";
import { LetterList } from "@/features/creditor-room/components/letter-list";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("room.list"))("title"),
});

const CreditorPage = () => (
  <div className="flex flex-col gap-4">
    <MySignaturesCard />
    <Suspense>
      <LetterList />
    </Suspense>
  </div>
);

export default CreditorPage;
