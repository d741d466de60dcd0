"use client";

import { ProblemState } from "@/components/state-panels";

const ErrorPage = ({ error, reset }: { error: Error; reset: () => void }) => (
  <div className="px-4 py-16">
    <ProblemState error={error} onRetry={reset} />
  </div>
);

export default ErrorPage;
