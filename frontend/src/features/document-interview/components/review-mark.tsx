import { useTranslations } from "next-intl";

import { Badge } from "@/components/ui/badge";

/** A document whose text a lawyer looks at before it is used. */
export const ReviewMark = () => {
  const t = useTranslations("documentInterview");
  return <Badge tone="warning">{t("needsReview")}</Badge>;
};
