import { useTranslations } from "next-intl";

import { Badge } from "@/components/ui/badge";

import type { TemplateProblem } from "../types";

/** What is wrong with a template, one by one: what, where, which line, and what may have been meant. */
export const ProblemList = ({ problems }: { problems: readonly TemplateProblem[] }) => {
  const t = useTranslations("staffTemplates.problems");
  return (
    <ol aria-label={t("title")} className="flex flex-col divide-y divide-line">
      {problems.map((one, index) => (
        <li key={index} className="flex flex-col gap-1 py-2.5">
          <p className="flex flex-wrap items-center gap-2 text-ink">
            <Badge tone={one.severity === "error" ? "danger" : "warning"}>{t(one.severity)}</Badge>
            {one.text}
          </p>
          {one.near.length > 0 && (
            <p className="text-sm text-text">
              {t("near")} <code className="break-words text-ink">{one.near.join(", ")}</code>
            </p>
          )}
          <Place problem={one} />
        </li>
      ))}
    </ol>
  );
};

const PLACES = ["document", "header", "footer", "footnotes", "styles"] as const;

const Place = ({ problem }: { problem: TemplateProblem }) => {
  const t = useTranslations("staffTemplates.problems");
  // `footer` is not a beginning of `footnotes`, and header1.xml is a header.
  const place = PLACES.find((name) => problem.part.startsWith(`word/${name}`));
  if (!problem.part) return null;
  const part = place ? t(`part.${place}`) : problem.part;
  return (
    <>
      <p className="text-sm text-muted">
        {problem.paragraph === null ? part : t("paragraph", { part, number: problem.paragraph })}
      </p>
      {problem.quote && (
        <blockquote className="border-l-2 border-line pl-3 text-sm break-words text-text">
          <Marked text={problem.quote} tag={problem.tag} />
        </blockquote>
      )}
    </>
  );
};

const Marked = ({ text, tag }: { text: string; tag: string }) => {
  const at = tag ? text.indexOf(tag) : -1;
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark className="rounded-sm bg-danger-soft px-0.5 text-danger">{tag}</mark>
      {text.slice(at + tag.length)}
    </>
  );
};
