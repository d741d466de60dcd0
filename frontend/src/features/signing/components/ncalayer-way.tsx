"use client";

import { useTranslations } from "next-intl";
import { useRef } from "react";

import { ChoosingKey } from "@/components/eds/choosing-key";
import { EdsRefusal } from "@/components/eds/eds-refusal";
import { NcaLayerHelp } from "@/components/eds/ncalayer-trouble";
import { useKeptFocus } from "@/components/eds/use-kept-focus";
import { Button } from "@/components/ui/button";
import { FoldSummary } from "@/components/ui/fold";

import { useKeySigning } from "../use-key-signing";
import type { WayProps } from "../way-props";

/** Signing with one's own key: NCALayer asks for it in its own window, this page never sees it. */
export const NcaLayerWay = (props: WayProps) => {
  const t = useTranslations("signing.ncalayer");
  const eds = useTranslations("eds");
  const signing = useKeySigning(props);
  const { stage } = signing;
  const button = useRef<HTMLButtonElement>(null);
  useKeptFocus(button, stage === "idle" && Boolean(signing.error));
  if (stage === "choosing") return <ChoosingKey onCancel={signing.cancel} />;
  return (
    <>
      <p className="measure">{t("text")}</p>
      <EdsRefusal error={signing.error} />
      <div className="flex flex-col gap-2 sm:flex-row">
        {signing.isKept && (
          <Button ref={button} size="large" onClick={signing.repeat}>
            {t("repeat")}
          </Button>
        )}
        <Button
          ref={signing.isKept ? undefined : button}
          size="large"
          variant={signing.isKept ? "secondary" : "primary"}
          busy={stage !== "idle"}
          onClick={signing.start}
        >
          {stage === "checking" ? eds("choosing.checking") : t(signing.isKept ? "otherKey" : "sign")}
        </Button>
      </div>
      {!signing.error && stage === "idle" && (
        <details>
          <FoldSummary>{eds("install.title")}</FoldSummary>
          <NcaLayerHelp />
        </details>
      )}
    </>
  );
};
