/** Sluice is loaded as it is installed, not bundled; what is built goes where this repository keeps such things. */
export default { serverExternalPackages: ["sluice"], distDir: "dist" };
