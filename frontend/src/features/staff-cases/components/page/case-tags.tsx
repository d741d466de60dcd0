"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, Tag as TagIcon } from "lucide-react";
import { useTranslations } from "next-intl";

import { Alert } from "@/components/ui/alert";
import { cn } from "@/lib/cn";
import { useProblemText } from "@/lib/use-problem-text";

import { caseTagsQuery, changeTags, TAG_LOOKS, tagsQuery } from "../../tags";
import { staffCaseKeys } from "../../queries";
import { Popover } from "../popover";

const TagChoices = ({ caseId, chosen }: { caseId: string; chosen: readonly string[] }) => {
  const t = useTranslations("staff.tags");
  const describe = useProblemText();
  const queryClient = useQueryClient();
  const { data } = useQuery(tagsQuery);
  const change = useMutation({
    mutationFn: (body: { add: string[]; remove: string[] }) => changeTags(caseId, body),
    onSettled: () => queryClient.invalidateQueries({ queryKey: staffCaseKeys.case(caseId) }),
  });
  const offered = data?.items.filter((tag) => !tag.archived || chosen.includes(tag.id)) ?? [];
  return (
    <div className="flex flex-col">
      {change.error && (
        <Alert tone="danger" live className="mb-2 p-2">
          {describe(change.error)}
        </Alert>
      )}
      {data && offered.length === 0 && <p className="text-muted">{t("noneYet")}</p>}
      {offered.map((tag) => (
        <label key={tag.id} className="flex min-h-11 cursor-pointer items-center gap-2 sm:min-h-9">
          <input
            type="checkbox"
            checked={chosen.includes(tag.id)}
            disabled={change.isPending}
            onChange={(event) =>
              change.mutate(
                event.target.checked ? { add: [tag.id], remove: [] } : { add: [], remove: [tag.id] },
              )
            }
            className="size-4 accent-primary"
          />
          <span className={cn("rounded-full border px-2 py-0.5 text-xs font-medium", TAG_LOOKS[tag.colour])}>
            {tag.name}
          </span>
        </label>
      ))}
    </div>
  );
};

/** Tags of the case, with the list of the team to choose from. */
export const CaseTags = ({ caseId }: { caseId: string }) => {
  const t = useTranslations("staff.tags");
  const { data } = useQuery(caseTagsQuery(caseId));
  if (!data) return null;
  const canTag = data.allowed_actions.includes("tag");
  if (data.items.length === 0 && !canTag) return null;
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <TagIcon aria-hidden className="size-4 text-muted" />
      <ul aria-label={t("label")} className="contents">
        {data.items.map((tag) => (
          <li
            key={tag.id}
            className={cn("rounded-full border px-2 py-0.5 text-xs font-medium", TAG_LOOKS[tag.colour])}
          >
            {tag.name}
          </li>
        ))}
      </ul>
      {canTag && (
        <Popover
          name={t("choose")}
          label={
            <>
              <Plus aria-hidden className="size-4" />
              {t("choose")}
            </>
          }
          triggerClassName="inline-flex min-h-11 items-center gap-1 rounded-field px-2 text-xs font-medium text-primary hover:bg-primary-soft sm:min-h-8"
        >
          {() => <TagChoices caseId={caseId} chosen={data.items.map((tag) => tag.id)} />}
        </Popover>
      )}
    </div>
  );
};
