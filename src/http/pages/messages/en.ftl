# Words of the pages. Every key stands in every language; a test compares them.

site-name = camera census
skip = Skip to content
nav-label = Pages
nav-map = Map
nav-data = Data
nav-compare = Compare
nav-method = Method
nav-privacy = Privacy
nav-releases = All releases
languages = Languages
yes = yes
no = no

footer-release = Release
footer-licence = Licence of this census’s own data: { $value }.
footer-check = Check this:
footer-first-party = This page asks nobody but this server for anything, and sets no cookie.
footer-licences = Licences of the software in this page

# Map
map-title = Map
map-region = Map of camera counts
map-noscript = Without scripts you see the picture above and the tables below: the same numbers, without the filters.
map-no-script = This program was built without the interactive map. The picture and the tables show the same numbers.
zoom-in = Zoom in
zoom-out = Zoom out
zoom-all = Show everything
details-title = Cell

empty-title = No release yet
empty-text = The map shows releases: dated, unchanging counts. None has been built here so far. To make the first one, run on the server:
empty-step-import = Bring in reports that you already have, or let volunteers send theirs.
empty-step-review = Look at what waits for review; nothing unreviewed is ever published.
empty-step-build = Build the release.
empty-then = This page then shows it, without a restart.

headline-cameras = { $value ->
    [one] camera counted (at least)
   *[other] cameras counted (at least)
}
headline-heads = { $value ->
    [one] { $value } camera head,
   *[other] { $value } camera heads,
}
headline-sightings = { $value ->
    [one] from { $value } sighting.
   *[other] from { $value } sightings.
}
headline-home = Beside them about { $value } home cameras.
headline-as-of = As of week { $value }.
headline-method = How we count

svg-title = Map of camera counts
svg-description = Each hexagon is a cell in which cameras were reported; the table of cells gives the numbers.
svg-north = N

filter-legend = Which cameras
filter-all = All cameras
filter-kind = By kind
filter-operator = By operator
filter-hint = Counts are published by kind and by operator, but not by both at once, so the two cannot be combined. Your choice stays in this browser.
measure-legend = Show
measure-count = Count
measure-km2 = Per km²

legend-title = Legend
legend-count = Cameras per cell
legend-km2 = Cameras per km² (upper bound not included)
legend-nothing = No camera reported
legend-nothing-text = Nothing is drawn. It does not mean that there is none.
legend-homes = Only home cameras
legend-homes-text = Reported at front doors; their number is rounded, “about”, and withheld in small cells.
legend-unsurveyed = Not surveyed

cells-title = The numbers, cell by cell
cells-all = { $value ->
    [one] { $value } cell with cameras.
   *[other] { $value } cells with cameras.
}
cells-resolution = Cells of H3 resolution { $value }.
cells-largest = The { $value } cells with the most cameras are listed; the data page has all of them.
kinds-title = By kind
kinds-column = Kind
operators-title = By operator
operators-column = Operator

lists-title = Registers of others
lists-text = Lists that a city or somebody else keeps. Each is counted by itself and never added to what was seen in the street.
lists-column = Register
lists-licence = Licence
list-shown = This is a register of others, not what was counted in the street: { $value }.
list-back = Back to the street count

kind-unknown = Unknown
kind-fixed = Fixed
kind-dome = Dome
kind-panning = Panning
kind-plate_reader = Plate reader
kind-doorbell = Doorbell
kind-other = Other
operator-unknown = Unknown
operator-police = Police
operator-government = Government
operator-transit = Public transport
operator-traffic = Road traffic
operator-business = Business
operator-education = Schools and universities
operator-household = Household
operator-other = Other

# Texts that the script of the map uses; values in braces are filled in by the script.
script-map-label = Map of camera counts. Arrow keys move it, plus and minus zoom, Enter shows the cell in the middle.
script-column-cell = Cell
script-column-cameras = Cameras
script-column-km2 = Per km²
script-column-heads = Heads
script-column-home = Home cameras, about
script-in-view = In view: { $cells } cells with { $cameras } cameras at least. Cells of resolution { $resolution }, about { $km2 } km² each.
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
details-close = Close
script-failed = The interactive map did not start in this browser. The picture and the tables show the same numbers.
script-cooperative-touch = Use two fingers to move the map

# Data
data-title = Data
data-none = There is no release yet. The start page says how to make the first one.
data-text = A release never changes after it is published. Its address stays, so a number you cite today can be checked in ten years.
data-cite = How to cite
data-sources = Lists by others keep their own licence; it stands beside each list.
data-check = How to check
data-check-text = The manifest names every file with its size and SHA-256. With the program, one command compares them all:
data-manifest = SHA-256 of the manifest:
data-files = Files of this release
data-column-file = File
data-column-about = What it holds
data-column-bytes = Bytes
file-summary = The totals of the release
file-density = Vector tiles of the map, all zooms in one PMTiles archive
file-effort = Which streets were walked, and how completely
file-figures = Numbers published by others, with their definition and source
file-deployments = Announced surveillance systems, with vendors and source
file-makers = Makers, their other names, and restrictions on buying from them
file-sources = Where the reports come from, with licences
file-changes = What changed against the release before
file-policy = The privacy rules this release was built with
file-manifest = Names, sizes and SHA-256 of all files
file-source = A list by somebody else, under its own licence
file-cells = Counts for each H3 cell
file-areas = Counts for each named area
file-other = A file of this release

# Releases
releases-title = Releases
releases-text = Every release stays at its address and never changes.
releases-as-of = As of week
releases-files = Files of { $value }

# Errors
error-not-found = This page does not exist
error-not-found-text = The address may be mistyped, or it belongs to a release that this server does not hold.
error-gone = This was withdrawn
error-gone-text = The release at this address was withdrawn. The list of releases names those that stand.
error-busy = The server is busy
error-busy-text = Nothing is lost. Please try again in a minute.
error-request = The server could not read this request
error-request-text = Check the address. A program should use the API, whose answers say exactly what was wrong.
error-server = Something went wrong on the server
error-server-text = It is not your fault. The person who runs this server can find the cause in its log, which holds nothing about you.
error-home = Go to the map

# Privacy
privacy-title = Privacy
privacy-lead = These are promises to those who count, to households, and to you who read this. Behind each that is in force stands a test that fails when the promise is broken.
privacy-later = not yet in force
promise-1 = Coarse places
promise-1-text = The exact point of a report is never written down. A camera in public space is kept as a hexagon of about 44 square metres, a home camera as one of about 0.7 square kilometres.
promise-2 = One hierarchy
promise-2-text = Every larger cell is the sum of its smaller cells. No second way of counting lets anyone work back to a finer place.
promise-3 = No trace of you on the network
promise-3-text = Your address, your browser, where you came from and your language are neither stored nor logged. Public pages set no cookie and are the same for everybody.
promise-4 = Weeks, not moments
promise-4-text = We keep the week of an observation, never the day or the hour, and write no log line for a report.
promise-5 = No order
promise-5-text = Once a day, and after every release, the database is rewritten so that nothing in it tells in which order reports arrived.
promise-6 = A list of all we keep
promise-6-text = Every column of the database is named below with its purpose. A column that is not in the list cannot exist: a test would fail.
promise-7 = Strict at the door
promise-7-text = Only the properties we need are read, and only with the values we know. What does not fit is refused with a reason, and nothing of it is stored.
promise-8 = No pictures, no free text
promise-8-text = There is no field for a picture, a link or a remark, because these are what gives people away. Error messages never repeat what you sent.
promise-9 = Tokens that cannot be linked
promise-9-text = An invitation will give you a stack of single-use tokens. The server can check that a token is real, and cannot tell which invitation it came from.
promise-10 = The same key for all
promise-10-text = The keys behind the tokens will stand in every release, so that anyone can see that nobody was given a key of their own.
promise-11 = Home counts are rounded
promise-11-text = The number of home cameras in a cell is rounded once, to a multiple of five, and every other home number is a sum of these. We call it “about”. Where an area is too small, it says “not available”.
promise-12 = Releases in batches
promise-12-text = A region will appear or change only when at least twenty changes have come together there (five in small groups), so that two releases do not show one person’s walk.
promise-13 = Nobody else is asked
promise-13-text = Every page, script, picture and map tile comes from this server. The server itself calls nobody.
promise-14 = Your filters stay with you
promise-14-text = What you search, choose and look at is worked out in your browser. A small map is loaded whole, so that not even the part you look at can be seen.
promise-15 = Deletion
promise-15-text = Whoever sent a report will be able to withdraw it until it is reviewed, and a household will be able to ask for a lower count. The database is cleared at once, backups within 30 days.
promise-16 = What a thief would learn
promise-16-text = One command will print what somebody who takes the server would find. The answer will be published with every version of the program.
privacy-limits = What we cannot promise
privacy-limit-order = Between two rewrites, at most a day apart, a thief of the server could see in which order reports arrived.
privacy-limit-phone = If somebody opens your unlocked phone, they see what you see.
privacy-limit-network = Your provider sees that you visit this address. Whoever watches the whole Tor network may see more.
privacy-limit-operator = Whoever runs this server could change the program to log from now on. You can compare it with the published source, but not look into the machine.
privacy-limit-tiles = When the map is too large to be loaded whole, the tile addresses your browser asks for tell which part of it you look at. They are not logged.
hand-over-title = What we can hand over
hand-over-text = If a court orders us to hand over the database, this is all there is: every table, every column. What is marked public stands in the releases as it is; of the sightings only counts do.
hand-over-table = Table
hand-over-column = Column
hand-over-purpose = What it is for
hand-over-public = Public

# Method
method-title = How we count
method-lead = The census counts what people on foot could see and reported. Its numbers are lower bounds with a date.
method-counted = What is counted
method-counted-text = Surveillance cameras that can be seen from public space: on walls, poles, street lamps, signals and ceilings. Indoor cameras, body-worn and vehicle cameras, guards and gunshot detectors are not counted.
method-cameras = How reports become cameras
method-cameras-text = A sighting is one report of one or more camera heads at one spot. Reports of the same camera by several people are merged by place and kind. If one observer reports two cameras side by side, they stay two. A camera is thus derived, never typed in.
method-at-least = What “at least” means
method-at-least-text = Nobody sees every camera. The number counted is the number somebody reported and a reviewer accepted; the true one is higher by an amount that this release does not estimate.
method-homes = Home cameras
method-homes-text = Doorbells and cameras run by households are counted apart, only in cells of resolution 8 and coarser, and rounded to a multiple of five. All other numbers on these pages are of public-space cameras.
method-cells = Cells
method-cells-text = Places are H3 cells: hexagons of nearly equal size, each with seven smaller ones inside. The map chooses the size by zoom. Cells vary in area with latitude, so densities use the true area of each.
method-resolution = Resolution
method-area = Average km²
method-zoom = Zoom
method-classes = Classes
method-classes-text = The colours stand for fixed classes that are the same in every release: per cell 1, 2–4, 5–9, 10–19, 20–49, 50–99, 100 and more; per square kilometre up to 1, 5, 20, 50, 100, 500 and above. So two maps can be laid side by side.
method-filters = Kinds and operators
method-filters-text = Each camera has one kind and one operator; where reports do not say, it is unknown. We publish both lists, not their combination: small combinations would give single reports away.
method-limits = Limits
method-limit-effort = More cameras may mean more volunteers. Compare places only where both were surveyed.
method-limit-time = A camera that was taken down stays in the count: nothing removes it yet.
method-limit-view = A camera behind a wall, under a roof or in a lamp is easily missed.
method-limit-merge = Merging is a rule, and it errs both ways: two cameras of one kind within a few metres may become one, one camera reported far apart may become two.
method-limit-lists = Registers by others are never added in; they stand beside the count under their own licence.

# Compare
compare-title = Beside published figures
compare-lead = Others have published numbers of cameras too. Each stands here beside what this census counted, with what was counted, who says so, and whether the two can be compared. Nothing is scaled up.
compare-how-link = How the verdict is made
compare-census = This census
compare-linked-known = Known to feed a public or police network
compare-per-1000 = Per 1,000 residents
compare-no-area = not known: this release does not say how much ground it covers
compare-not-stated = not stated
compare-figures = Published figures
compare-no-figures = This release holds no published figures.
compare-figures-text = What each published figure claims, and the number of this census it belongs beside. The verdict comes first; a larger number alone says nothing.
compare-place = Place
compare-published = published
compare-published-column = Published
compare-verdict = Can they be compared?
compare-counted = What was counted
compare-kind-of-number = Kind of number
compare-includes-private = Private cameras in it
compare-includes-indoor = Indoor cameras in it
compare-linked-only = Only linked cameras
compare-street-visible = Only cameras seen from the street
compare-claimed-by = Who says so
compare-source = Source
compare-page = p. { $value }
compare-note = Note
compare-percent = { $value }%
verdict-comparable = Can be compared
verdict-cannot_tell = Cannot tell
verdict-not_comparable = Cannot be compared
verdict-with-all = all cameras of this census
verdict-with-linked = cameras of this census known to be linked
reason-planned = It counts cameras that were planned, and this census counts those that are there.
reason-extrapolated = It was scaled up from a small sample.
reason-estimated = It is an estimate, and this census counts.
reason-compiled = It was put together from sources that count differently.
reason-official_count = Whoever runs the cameras gave the number, and nobody else counted.
reason-image_count = It was counted in pictures taken from the road, and people on foot see more.
reason-private_left_out = It leaves out cameras of private owners, and this census counts them.
reason-indoor_included = It includes cameras inside buildings, and this census does not.
reason-not_only_street_visible = It includes cameras that cannot be seen from the street, and this census does not.
reason-years_apart = It speaks of a year more than five years away.
reason-another_place = It speaks of another place, as far as the names tell.
reason-private_not_stated = Cannot tell whether private cameras are in it: that is not stated.
reason-indoor_not_stated = Cannot tell whether cameras inside buildings are in it: that is not stated.
reason-street_visible_not_stated = Cannot tell whether its cameras can be seen from the street: that is not stated.
reason-linked_not_stated = Cannot tell whether it counts only linked cameras: that is not stated.
reason-coverage_not_stated = Cannot tell whether this census went everywhere in that place: that is not stated.
reason-linked_only = It counts only cameras that feed a public or police network, so it stands beside those of this census that are known to.
bias-larger = It would make the figure larger.
bias-smaller = It would make the figure smaller.
bias-unknown = It could move the figure either way.
figure-status-planned = planned
figure-status-installed = installed
figure-status-counted = counted
figure-status-estimate = estimate
figure-status-extrapolation = extrapolation
figure-basis-official_plan = from an official plan
figure-basis-official_count = from an official count
figure-basis-estimate = from a judgement
figure-basis-street_count = from a count in the street
figure-basis-image_count = from a count in pictures
figure-basis-compilation = from several sources put together
figure-basis-extrapolation = scaled up from a sample
stated-unknown = not stated
stated-yes = yes
stated-no = no
compare-deployments = Announced systems
compare-deployments-text = Systems that were announced, bought, held up or given up, as their sources tell it. Being named here is no proof that a camera hangs somewhere.
compare-system = System
compare-years = Years
compare-state = State
compare-vendors = Vendors
compare-contracts = { $value ->
    [one] { $value } contract
   *[other] { $value } contracts
}
deployment-status-planned = planned
deployment-status-announced = announced
deployment-status-agreed = agreed
deployment-status-ongoing = under way
deployment-status-setback = held up
deployment-status-cancelled = cancelled
compare-shares = Whose cameras, from whom, and where they lead
compare-shares-text = Shares of the cameras of this census. What is not known comes first: the other shares can only be read beside it.
compare-share = Share
compare-makers = By maker
compare-maker-unknown = Maker unknown
compare-maker-restricted = Maker known, with a restriction
compare-maker-unrestricted = Maker known, without one
compare-linked = By link to a network
linked-unknown = Unknown
linked-yes = Linked to a public or police network
linked-no = Not linked
compare-restricted = Makers with a restriction
compare-restricted-text = Restrictions on buying from these makers, with what each rests on. They bind certain governments, not everybody.
compare-maker = Maker
compare-restriction = Restriction
compare-restriction-basis = Basis
compare-how = How the verdict is made
compare-how-census = This census counts cameras that are there and that people on foot could see from public space, whoever owns them, and none inside buildings.
compare-how-rule = A figure can be compared when it says that it counts the same, in the same place, at most five years apart. How large it is never matters. If it differs in one of the following ways it cannot be compared; if it only leaves something unsaid, nobody can tell. A figure of linked cameras stands beside the linked ones of this census.
compare-how-density = Densities are given only where a figure itself states its ground or its residents. No number is scaled from one place to another.

map-layer = Draw
map-layer-cells = Cells
map-layer-areas = Areas
map-areas-legend = Areas are coloured by their rate per km², drawn towards the mean of all areas where there are few cameras. For the map only: the numbers are in the tables.
map-zero = Looked at, none found
map-zero-text = Somebody looked and reported no camera of this choice.
map-hatched-text = In the list of what there is to walk, and nobody walked it. Nothing is known: that is not zero.
map-nobody = not known: nobody looked, which is not zero
map-few-for-rate = too few cameras for a rate
map-smoothed = Per km², as the map draws it
