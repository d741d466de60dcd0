"use client";

import { useTranslations } from "next-intl";

import { Row } from "@/components/desk/rows";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { cn } from "@/lib/cn";
import { Link } from "@/lib/i18n/navigation";
import { useProblemText } from "@/lib/use-problem-text";

import { LOOKS } from "../colours";
import { editTag, type Tag, useTagWrite } from "../queries";

export const COLUMNS = "md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)_minmax(0,1fr)_minmax(19rem,auto)]";

interface TagRowProps {
  tag: Tag;
  /** The tag that stands in its place, when it was joined. */
  into?: Tag;
  mayEdit: boolean;
  mayJoin: boolean;
  onEdit: () => void;
  onJoin: () => void;
}

/** One tag: how it looks, its names, how many cases carry it, and what may be done with it. */
export const TagRow = ({ tag, into, mayEdit, mayJoin, onEdit, onJoin }: TagRowProps) => {
  const t = useTranslations("staffTags");
  const toast = useToast();
  const describe = useProblemText();
  const retire = useTagWrite(editTag(tag.id), () =>
    toast.show("success", t(tag.archived ? "broughtBack" : "retired")),
  );
  const others = [...new Set([tag.name_ru, tag.name_kk, tag.name_en])].filter(
    (name) => name !== "" && name !== tag.name,
  );
  return (
    <Row columns={COLUMNS}>
      <span className="flex flex-wrap items-center gap-2">
        <span
          className={cn(
            "inline-flex min-h-7 items-center rounded-full border px-2.5 text-sm font-medium",
            LOOKS[tag.colour],
          )}
        >
          {tag.name}
        </span>
        {tag.archived && <Badge>{into ? t("joinedInto", { name: into.name }) : t("isRetired")}</Badge>}
      </span>
      <span className="text-muted">{others.join(" · ")}</span>
      {tag.cases > 0 ? (
        <Link
          href={`/staff/cases?tag=${tag.id}`}
          prefetch={false}
          className="inline-flex min-h-9 items-center text-primary underline-offset-4 hover:underline max-md:self-start max-sm:min-h-11"
        >
          {t("cases", { count: tag.cases })}
        </Link>
      ) : (
        <span className="text-muted">{t("cases", { count: 0 })}</span>
      )}
      {mayEdit && !tag.merged_into ? (
        <span className="flex flex-wrap gap-1 md:justify-end">
          <Button
            variant="secondary"
            size="dense"
            aria-label={t("editOf", { name: tag.name })}
            onClick={onEdit}
          >
            {t("edit")}
          </Button>
          {mayJoin && (
            <Button
              variant="quiet"
              size="dense"
              aria-label={t("joinOf", { name: tag.name })}
              onClick={onJoin}
            >
              {t("join")}
            </Button>
          )}
          <Button
            variant="quiet"
            size="dense"
            busy={retire.isPending}
            aria-label={t(tag.archived ? "bringBackOf" : "retireOf", { name: tag.name })}
            onClick={() =>
              retire.mutate(
                { archived: !tag.archived },
                { onError: (error) => toast.show("danger", describe(error)) },
              )
            }
          >
            {t(tag.archived ? "bringBack" : "retire")}
          </Button>
        </span>
      ) : (
        <span />
      )}
    </Row>
  );
};
