/** Keeps the room of a panel while it loads. */
export function PanelSkeleton() {
  return (
    <div className="panel-wait">
      <span className="skel-bar skel-0" />
      <span className="skel-bar skel-1" />
      <span className="skel-bar skel-2" />
      <span className="skel-bar skel-0" />
    </div>
  )
}
