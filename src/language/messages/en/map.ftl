# What the map says in the browser; the page hands this file over to its script.

script-map-label = Map of camera counts. Arrow keys move it, plus and minus zoom, Enter shows the cell in the middle.
script-column-cell = Cell
script-column-cameras = Cameras
script-column-km2 = Per km²
script-column-heads = Heads
script-column-home = Home cameras, about
script-in-view = In view: { $cells ->
        [one] { $cells } cell
       *[other] { $cells } cells
    } with { $cameras ->
        [one] { $cameras } camera
       *[other] { $cameras } cameras
    } at least. Cells of resolution { $resolution }, about { $km2 } km² each.
script-in-view-none = No camera was reported in this view under this choice.
script-in-view-limit = The { $limit } cells with the most cameras are listed.
script-filter-all = All cameras
script-filter-kinds = Only these kinds: { $names }
script-filter-operators = Only these operators: { $names }
script-filter-nothing = Nothing is chosen, so nothing is counted.
script-go-to = Show cell { $cell } on the map
script-details = Cell { $cell }
script-details-none = No cell with cameras is here.
script-area = Area
script-area-value = { $km2 } km²
script-kinds = By kind
script-operators = By operator
script-home = Home cameras
script-home-value = about { $home }
script-home-closed = withheld in cells this small
script-surveyed = Surveyed
script-surveyed-value = { $share } of it
script-surveyed-unknown = not known
script-failed = The interactive map did not start in this browser. The picture and the tables show the same numbers.
script-cooperative-touch = Use two fingers to move the map
map-nobody = not known: nobody looked, which is not zero
map-few-for-rate = too few cameras for a rate
map-smoothed = Per km², as the map draws it
