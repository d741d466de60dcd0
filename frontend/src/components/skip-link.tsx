export const SkipLink = ({ label }: { label: string }) => (
  <a
    href="#main"
    className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-field focus:bg-primary focus:px-4 focus:py-3 focus:text-on-primary"
  >
    {label}
  </a>
);
