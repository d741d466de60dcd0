import { cn } from "@/lib/cn";

interface TabsProps {
  label: string;
  value: string;
  tabs: readonly { value: string; label: string }[];
  onValue: (value: string) => void;
}

/** Parts of one page; which is open stands in the address. */
export const Tabs = ({ label, value, tabs, onValue }: TabsProps) => (
  <nav aria-label={label} className="-mx-4 flex gap-1 overflow-x-auto border-b border-line px-4">
    {tabs.map((tab) => (
      <button
        key={tab.value}
        type="button"
        aria-current={tab.value === value ? "page" : undefined}
        onClick={() => onValue(tab.value)}
        className={cn(
          "min-h-11 shrink-0 border-b-2 border-transparent px-3 font-medium text-muted hover:text-ink",
          tab.value === value && "border-primary text-primary",
        )}
      >
        {tab.label}
      </button>
    ))}
  </nav>
);
