"use client";

import { useTranslations } from "next-intl";

import type { QrOperation } from "@/api/signing";
import { buttonStyles } from "@/components/ui/button";
import { FoldSummary } from "@/components/ui/fold";
import { formatCountdown } from "@/lib/format";
import { usePhone } from "@/lib/use-phone";

const Picture = ({ operation }: { operation: QrOperation }) => {
  const t = useTranslations("signing.qr");
  return (
    // A picture inside the answer: there is nothing to optimise, and it must not leave this page.
    // eslint-disable-next-line @next/next/no-img-element
    <img
      src={operation.qr_image}
      alt={t("alt")}
      width={240}
      height={240}
      className="size-60 rounded-field border border-line bg-[white] p-2 [image-rendering:pixelated]"
    />
  );
};

/** On a computer the picture to scan; on the phone itself a link, for nobody can scan his own screen. */
export const QrCode = ({
  operation,
  secondsLeft,
}: {
  operation: QrOperation;
  secondsLeft: number | null;
}) => {
  const t = useTranslations("signing.qr");
  const isPhone = usePhone();
  const links = operation.launch_links;
  const steps = (
    <ol className="flex list-decimal flex-col gap-1 pl-5">
      <li>{t(isPhone ? "stepOpen" : "stepScan")}</li>
      <li>{t("stepSign")}</li>
      <li>{t("stepBack")}</li>
    </ol>
  );
  return (
    <div className="flex flex-col gap-4">
      {isPhone && links.length > 0 ? (
        <>
          {steps}
          <ul className="flex flex-col gap-2">
            {links.map((link, index) => (
              <li key={link.url}>
                <a
                  href={link.url}
                  className={buttonStyles({
                    variant: index === 0 ? "primary" : "secondary",
                    size: "large",
                    block: true,
                  })}
                >
                  {t("open", { name: link.name })}
                </a>
              </li>
            ))}
          </ul>
          <details>
            <FoldSummary>{t("onOther")}</FoldSummary>
            <Picture operation={operation} />
          </details>
        </>
      ) : (
        <div className="flex flex-col items-start gap-4 sm:flex-row">
          <Picture operation={operation} />
          {steps}
        </div>
      )}
      <p className="text-muted" aria-live="off">
        {secondsLeft === null ? t("waiting") : t("left", { left: formatCountdown(secondsLeft) })}
      </p>
      <p role="status" className="sr-only">
        {t("waiting")}
      </p>
    </div>
  );
};
