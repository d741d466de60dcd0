"use client";

import { ProblemState } from "@/components/state-panels";

const ErrorPage = ({ error, reset }: { error: Error; reset: () => void }) => (
  <main id="main" className="px-4 py-16">
    <ProblemState error={error} onRetry={reset} />
  </main>
);

export default ErrorPage;
