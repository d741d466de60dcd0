import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { ProposalList } from "@/features/specialist-desk/components/proposal-list";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("specialistDesk.nav"))("proposals"),
});

const DeskProposalsPage = () => <ProposalList />;

export default DeskProposalsPage;
