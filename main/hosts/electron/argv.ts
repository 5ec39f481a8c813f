/**
 * Chromium and Node switches that open the program to a debugger, switch off a wall of the browser, or load foreign code.
 * Chromium takes one dash or two, and a slash on Windows, in any case there.
 */
const openingSwitch =
  /^(--?|\/)(inspect(-.+)?|debug(-.+)?|remote-debugging-.+|remote-allow-origins|auto-open-devtools-for-tabs|js-flags|load-extension|disable-extensions-except|disable-web-security|disable-site-isolation-trials|allow-running-insecure-content|allow-file-access-from-files|ignore-certificate-errors|host-rules|host-resolver-rules|renderer-cmd-prefix|utility-cmd-prefix|gpu-launcher)(=.*)?$/i

/** The first argument with which a released program must not run; undefined when all are harmless. */
export function openingArgument(argv: readonly string[]): string | undefined {
  return argv.find((argument) => openingSwitch.test(argument))
}
