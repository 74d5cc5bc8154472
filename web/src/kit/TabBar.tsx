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
  return (
    <div className="views tab-bar">
      <nav className="views-list" aria-label={label}>
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
