import { useLayoutEffect, useRef } from 'react'

/** One tab of a page. */
export interface TabItem<K extends string> {
  key: K
  label: string
  /** A count beside the label; left out when unknown. */
  count?: string | number
  /** `bad` makes the count call for action. */
  tone?: 'bad'
}

interface Props<K extends string> {
  /** Names the group of tabs for people who cannot see them. */
  label: string
  tabs: TabItem<K>[]
  current: K
  onChoose: (key: K) => void
}

/** Tabs of a page or a list; the chosen one belongs into the URL. In a DataTable they go into `tabs`. */
export function TabBar<K extends string>({ label, tabs, current, onChoose }: Props<K>) {
  const list = useRef<HTMLElement>(null)
  const counts = tabs.map((x) => x.count).join()
  // Where there is no room for all, the chosen one is in sight; counts that arrive later push it aside.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the counts change the widths
  useLayoutEffect(() => {
    const nav = list.current
    const tab = nav?.querySelector('[aria-current]')
    if (!nav || !tab || nav.scrollWidth <= nav.clientWidth) return
    const room = nav.getBoundingClientRect()
    const at = tab.getBoundingClientRect()
    if (at.left < room.left || at.right > room.right)
      nav.scrollLeft += at.left - room.left - (room.width - at.width) / 2
  }, [current, counts])
  return (
    <div className="views tab-bar">
      <nav ref={list} className="views-list" aria-label={label}>
        {tabs.map((x) => (
          <button
            key={x.key}
            type="button"
            className="view-tab"
            aria-current={x.key === current ? 'true' : undefined}
            onClick={() => onChoose(x.key)}
          >
            {x.label}
            {x.count !== undefined && (
              <span className={x.tone === 'bad' ? 'tab-count tab-bad num' : 'tab-count num'}>{x.count}</span>
            )}
          </button>
        ))}
      </nav>
    </div>
  )
}
