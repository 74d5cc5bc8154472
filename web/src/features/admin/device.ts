const browsers: [RegExp, string][] = [
  [/MicroMessenger/, '微信 WeChat'],
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/HeadlessChrome\/|Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
  [/curl\//, 'curl'],
]
const systems: [RegExp, string][] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/HarmonyOS/, 'HarmonyOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]

/** deviceOf reads the browser and the system out of a User-Agent; '' where it names none. */
export function deviceOf(agent: string): { browser: string; system: string } {
  const find = (list: [RegExp, string][]) => list.find(([r]) => r.test(agent))?.[1] ?? ''
  return { browser: find(browsers), system: find(systems) }
}
