/** initial is what an avatar shows: the given name's last character in Chinese, the first letter otherwise. */
export function initial(name: string): string {
  const n = name.trim()
  return /^[\u4e00-\u9fff]/.test(n) ? n.slice(-1) : n.slice(0, 1).toUpperCase()
}
