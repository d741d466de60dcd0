import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { LetterPage } from "@/features/creditor-room/components/letter-page";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("room.letter"))("title"),
});

const CreditorLetterPage = async ({ params }: { params: Promise<{ letterId: string }> }) => (
  <LetterPage letterId={(await params).letterId} />
);

export default CreditorLetterPage;
