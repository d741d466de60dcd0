import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./src/lib/i18n/request.ts");

// NCALayer runs on the signer's own computer; a demonstration plays it under our own origin. Nothing else outside is called.
const ncalayer = process.env.NCALAYER_URL || "wss://127.0.0.1:13579";
const connectSources = `connect-src 'self' blob: data: ${new URL(ncalayer).origin}`;

const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  // Addresses of cases and documents hold ids only, yet nobody outside needs them.
  { key: "Referrer-Policy", value: "same-origin" },
  {
    key: "Content-Security-Policy",
    // Signing in with another provider is a form whose answer leads there; browsers hold its address against form-action too.
    value: `frame-ancestors 'none'; base-uri 'self'; form-action 'self' https:; object-src 'none'; ${connectSources}`,
  },
];

const apiOrigin = process.env.API_INTERNAL_URL;

const nextConfig: NextConfig = {
  output: "standalone",
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // A PUT or POST must not be redirected on its way to the API, whose addresses end in a slash.
  skipTrailingSlashRedirect: true,
  headers: () => Promise.resolve([{ source: "/:path*", headers: securityHeaders }]),
  // One origin without nginx for `npm run dev`; behind nginx these addresses never reach Next.
  rewrites: () =>
    Promise.resolve(
      process.env.NODE_ENV === "development" && apiOrigin
        ? [
            { source: "/api/:path*/", destination: `${apiOrigin}/api/:path*/` },
            { source: "/api/:path*", destination: `${apiOrigin}/api/:path*` },
            { source: "/_allauth/:path*", destination: `${apiOrigin}/_allauth/:path*` },
          ]
        : [],
    ),
};

export default withNextIntl(nextConfig);
