import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { RoomFiguresPage } from "@/features/creditor-room/components/room-figures";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("room.figures"))("title"),
});

const CreditorFiguresPage = () => <RoomFiguresPage />;

export default CreditorFiguresPage;
