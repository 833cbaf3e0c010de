import type { NextConfig } from 'next';

const config: NextConfig = {
  // The server of lib/server/main.ts compares this with its own build, and browsers reload when it changes.
  generateBuildId: () => process.env.SKEP_BUILD_ID ?? null,
  // The optimiser is a large attack surface for an application without photographs: it is off, the server
  // answers its path with 404, and sharp is not installed (see "overrides" in package.json).
  images: { unoptimized: true },
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  // `npm test` checks types as its first step. A second check in the build would only make `npm start` slower.
  typescript: { ignoreBuildErrors: true },
  // Without this Next takes a folder above for the project when it finds another lock file there.
  turbopack: { root: import.meta.dirname },
  // The server compresses nothing either: it listens on loopback, where bytes are cheaper than CPU time.
  compress: false,
  // In development React's debugging data would come through the reload socket, and server actions would wait for it.
  // Next would print the arguments of each server action while developing: typed passwords among them.
  logging: { serverFunctions: false },
  experimental: { reactDebugChannel: false },
};

export default config;
