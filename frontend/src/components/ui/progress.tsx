/** How far a form is, in words and as a line. */
export const Progress = ({ value, max, label }: { value: number; max: number; label: string }) => (
  <div className="flex flex-col gap-1.5">
    <p className="text-sm text-muted">{label}</p>
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={value}
      className="h-1.5 overflow-hidden rounded-full bg-line"
    >
      <div
        className="h-full rounded-full bg-primary transition-[width] duration-150"
        style={{ width: `${Math.round((value / max) * 100)}%` }}
      />
    </div>
  </div>
);
