import { BadgeCheck } from "lucide-react";
import type { ComponentProps } from "react";

import { Button } from "@/components/ui/button";

/** The button of a way by an own key; also stands alone in its place while the code behind it is on its way. */
export const KeyButton = ({ children, ...rest }: Omit<ComponentProps<typeof Button>, "variant" | "size">) => (
  <Button variant="secondary" size="large" {...rest}>
    <BadgeCheck aria-hidden className="size-5 text-primary" />
    {children}
  </Button>
);
