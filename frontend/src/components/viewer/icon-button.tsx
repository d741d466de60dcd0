import type { ReactNode } from "react";

interface IconButtonProps {
  label: string;
  disabled?: boolean;
  isPressed?: boolean;
  onPress: () => void;
  children: ReactNode;
}

export const IconButton = ({ label, disabled, isPressed, onPress, children }: IconButtonProps) => (
  <button
    type="button"
    aria-label={label}
    title={label}
    aria-pressed={isPressed}
    disabled={disabled}
    onClick={onPress}
    className="inline-flex size-11 shrink-0 items-center justify-center rounded-field text-ink hover:bg-primary-soft disabled:text-muted disabled:opacity-50 aria-pressed:bg-primary-soft aria-pressed:text-primary sm:size-9 pointer-coarse:size-11"
  >
    {children}
  </button>
);
