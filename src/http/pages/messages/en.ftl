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
file-summary = The totals of the release
file-density = Vector tiles of the map, all zooms in one PMTiles archive
file-effort = Which streets were walked, and how completely
file-figures = Numbers published by others, with their definition and source
file-deployments = Announced surveillance systems, with vendors and source
file-makers = Makers, their other names, and restrictions on buying from them
file-sources = Where the reports come from, with licences
file-changes = What changed against the release before
file-policy = The privacy rules this release was built with
file-keys = Public keys of the tokens volunteers report with; everybody must have been given these
file-source = A list by somebody else, under its own licence
file-cells = Counts for each H3 cell
file-areas = Counts for each named area

# Releases
releases-title = Releases
releases-text = Every release stays at its address and never changes.
releases-as-of = As of week
releases-files = Files of { $value }
releases-withdrawn = Withdrawn
releases-withdrawn-text = These were released and taken back. Who cited one of them finds the reason here; its files are gone, and its manifest is kept so that the numbers it was cited by can still be told.

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
promise-12-text = A region of about 250 square kilometres appears and changes only when at least twenty changes have come together there (five in small groups), so that two releases do not show one person’s walk. Deletions apply at once. Whoever runs a census can lower the number; policy.json in each release says which one held.
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
method-at-least-text = Nobody sees every camera. The number counted is the number somebody reported and a reviewer accepted; the true one is higher, and is estimated only where several teams walked the same streets completely.
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

# Areas
nav-areas = Areas
areas-title = Areas
areas-lead = The same count, by named area. Each camera belongs to exactly one area of a set or to none, so that every table adds up.
areas-none = This release has no area sets. Whoever runs the server can import boundaries and build the next release:
areas-set = Set of areas
areas-edition = Edition
areas-population = Residents
areas-population-of = { $source }, { $year }
areas-number = Areas
areas-overlap = Overlap, km²
areas-gap = Gaps, km²
areas-not-stated = not stated
areas-rule = A camera belongs to the area in which the centre of its smallest cell lies; where areas overlap, to the first by short name.
areas-table = The areas of this set
areas-table-text = By name. Nothing here is a ranking: more cameras may mean more volunteers, and small differences are chance.
area-column = Area
area-km2 = km²
area-estimate = Estimate of all cameras
area-surveyed = Surveyed
area-home = Home cameras, about
area-total = All together
area-unassigned = In none of these areas
area-not-looked = nobody looked
area-zero = 0: none found
area-few = too few to say
area-no-rate = no rate
area-withheld = not available
area-no-frame = not known
area-not-added = not added up
area-range = { $value } ({ $low } to { $high })
area-range-open = { $value } ({ $low } or more)
area-map-title = Cameras per square kilometre by area, { $value }
area-map-text = Each area has the colour of its smoothed rate; the table below gives the numbers.
area-legend = Cameras per km², smoothed
area-legend-few = Too few cameras for a rate
area-legend-zero = Looked, none found
area-legend-unknown = Nobody is known to have looked
area-alike-title = Which areas cannot be separated
area-alike-text = Rates per km² are compared at 95 %, pair by pair; those that cannot be separated could be the same. This tells about chance only, not about how many cameras were missed.
area-alike-none = separated from every other area
area-alike-each = The page of each area names those that it cannot be separated from.
area-alike-here = Cannot be separated from: { $value }.
area-apart-here = Differs by more than chance explains from: { $value }.
area-no-rate-here = There is no rate here to lay beside those of the other areas.
area-compare = Beside the other areas
area-cells = Map of cells
area-cells-text = Cells of H3 resolution { $value }. Cells that cross the border are cut off in the picture and counted whole.
area-cell-map-title = Cells with cameras, { $value }
area-count = The count
area-shares = What was counted
area-rates = Rates
area-per-of = on { $value } km²
area-residents-of = { $value } residents
area-effort = Effort
area-scope = Estimated from
area-scope-units = { $done } of { $all } streets or cells ({ $percent } %), walked completely by { $passes }
area-wave = Wave
area-models = Every model
area-models-text = All numbers speak of the streets and cells that every pass walked, not of the whole area.
area-model = Model
area-counted = Counted
area-low = Low
area-high = High
area-role = Role
role-headline = headline
role-stratum = stratum
role-model = model
area-files = Data
area-back = All areas of { $value }
said-two = At least { $counted } cameras counted; between { $low } and { $high }, most likely about { $estimate }, if the two teams worked independently.
said-two-open = At least { $counted } cameras counted; { $low } or more, most likely about { $estimate }, if the two teams worked independently. The data set no upper limit.
said-bound = At least { $counted } cameras counted; probably at least about { $estimate } (between { $low } and { $high }), if the teams worked independently.
said-bound-open = At least { $counted } cameras counted; probably at least about { $estimate }, if the teams worked independently. The data set no upper limit.
said-none = At least { $counted } cameras counted. There is no estimate of those missed: { $reason }
said-nobody = Nobody is known to have looked here: how many cameras there are is unknown, not zero.
said-more = What this means
surveyed-share = { $value } % of the streets or cells were walked completely.
surveyed-unknown = What share was surveyed is not known: no list of streets to walk was given.

walk-title = Where to walk next
walk-text = Cells with the most left to walk, the most urgent first.
walk-left = Not walked
walk-once = Walked once
walk-at = Centre
walk-more = The whole list
home-areas = Count by area
home-compare = Beside published figures

method-matching = How good the merging is
method-matching-text = Two reports become one camera when they are closer than a gate that follows from how accurate positions are. With half and double that gate the count would be as below. This is the effect of a wrong gate, not an interval.
method-diameter = Largest distance between two reports joined into one camera: { $value } m.
method-gate = Gate
method-difference = Difference
method-areas = Areas
method-areas-text = A camera belongs to the area in which the centre of its smallest cell lies. Where areas overlap it goes to the first by short name; outside all of them it is listed as in none. No camera is counted twice, and every table adds up.
method-effort = Effort: zero, not surveyed, withheld
method-effort-text = Zero means that somebody looked and found none. Not surveyed means that nobody is known to have looked, so the number is unknown. Withheld means that a number exists and is not printed because the place is too small. The surveyed share is the part of all streets or cells that a pass walked completely.
method-estimates = Estimates
method-estimates-text = Two or more teams walk the same streets without speaking to each other. How many cameras both saw tells how many both missed. The estimate speaks only of streets that every pass walked completely; what was counted elsewhere is added as it is.
method-estimate-methods = How an estimate was made
method-estimate-reasons = Why there is none
method-estimate-warnings = What is said beside it
method-rates = Rates
method-rates-text = A rate is the cameras counted over square kilometres or thousands of residents, with the exact 95 % interval of Garwood (1936), widened where cameras come in groups (over-dispersion above 1.5). It is printed from ten cameras on, and only if its interval is no wider than 160 % of it.
method-smoothing = Smoothing
method-smoothing-text = On the map of areas each rate is drawn towards that of all areas, the more so the less ground it rests on (empirical Bayes, Marshall 1991). The tables give rates as counted.
method-compare = The verdict beside published figures
method-compare-text = A figure can be compared when it says that it counts the same, in the same place, at most five years apart. If it differs it cannot be compared; if it leaves something unsaid, nobody can tell.
code-chapman = Two passes, compared camera by camera as they were matched (Chapman 1951).
code-chapman_linkage = Two passes, compared with a correction for matches missed and matches made by chance.
code-chao_mth = Three or more passes: a lower bound that allows for passes and cameras that differ (Chao).
code-chao2_bias_corrected = Three or more passes with few cameras seen twice: a lower bound that allows for cameras that differ (Chao).
code-no_effort = No team has recorded which streets it walked here.
code-no_complete_units = No street or cell here was walked completely by every pass.
code-one_occasion = Fewer than two passes covered it, so there is nothing to compare.
code-too_many_occasions = There are more than seven passes, more than the method takes.
code-nothing_counted = No pass saw a camera.
code-no_recaptures = No camera was seen twice, so the total has no upper limit.
code-positions_too_coarse = Cameras stand closer together than positions are accurate, so matches say nothing.
code-links_by_chance_only = There are no more matches than chance makes between unrelated cameras.
code-few_recaptures = Fewer than seven cameras were seen again: the estimate may be far off, and is rather too low.
code-saturated = The passes saw nearly the same cameras: either next to none was missed, or they knew of each other.
code-links_by_chance = Many matches may be chance, so the correction for them carries weight.
code-linkage_unknown = It is not known how well cameras were matched; missed matches make the estimate too high.
code-linkage_not_corrected = Matches were missed and this method does not correct for it: the estimate may be too high.
code-list_as_occasion = A register is one of the passes. Who walked may have known it, and it may leave out whole kinds of cameras.
code-strata_pooled = Kinds of cameras of which none was seen again were estimated together with another.
code-missed_in_groups = Cameras of one street were missed together; the interval is widened for it.
code-raised_to_counted = The estimate came out below the count and was raised to it: some cameras were probably counted twice.
file-area-list = The area sets, with editions and sources
file-area-tiles = Vector tiles of the areas
file-estimates = What every model says about every area
file-sensitivity = The count with a smaller and a larger gate
file-walk-next = Cells with something left to walk

# The OGC API

ogc-title = OGC API
ogc-text = The counts of the latest release, page by page, for geographic programs: QGIS, GDAL, R and others find every table here by themselves. It implements OGC API - Features, Part 1.
ogc-clients = Enter the address of this page in your program, or try it on the command line. GDAL asks for ten features at a time unless told otherwise.
ogc-collections = Collections
ogc-conformance = Conformance
ogc-api = Addresses of the interface
ogc-api-text = Everything a program can ask, from the same description that programs read.
ogc-api-address = Address
ogc-api-about = What it does
ogc-up = Where this belongs
ogc-json = This document for programs (JSON)
ogc-id = Name
ogc-about = What it holds
ogc-licence = Licence
ogc-attribution = Whom to name
ogc-items = Features
ogc-extent = West, south, east, north
ogc-time = From, to
ogc-whole = The whole collection as a file
ogc-shown = Shown: { $value }
ogc-shown-of = Shown, of all: { $value }
ogc-null = A dash means that nothing is known. Zero means that somebody looked and found none. Withheld means that a number exists and is not printed because the place is too small.
ogc-withheld = withheld
ogc-next = Next page
ogc-cells-title = Cells of resolution { $value }
ogc-cells-text = What was counted in each H3 cell, with its outline.
ogc-areas-title = { $value }
ogc-areas-text = What was counted in each area, with estimates and its outline; the last one is what lies in no area.
ogc-effort-title = Effort
ogc-effort-text = Streets and cells, and how completely teams walked them.
ogc-figures-title = Published figures
ogc-figures-text = Numbers published by others, with what they counted and where. They have no outline.

# Downloads by subject

data-files = Files of this release
data-column-table = Table or document
data-column-formats = Formats
data-sums = SHA-256: { $value }
data-formats = Which format for what
data-attribution = Attribution: { $value }
data-programs = In your program
data-programs-text = The addresses below are complete: copy a line and run it. QGIS takes the first address as an “OGC API - Features” connection and the second one as vector tiles.
data-spreadsheet = Spreadsheet
data-spreadsheet-text = Download the CSV, or the XLSX where there is one. An empty cell means unknown, not zero.
data-catalogue = All releases as a catalogue (DCAT)
file-units = Streets and cells with how they were walked
export-footer = This is a copy of the census as plain files. Reports cannot be sent here, and there is no API: the files below “Data” hold the same numbers.
export-releases = This copy holds the releases listed here. Others may be found where it was made.
export-check = To compare every file of this copy, pages among them, use sha256sum --check with SHA256SUMS. Which release is the latest stands in latest.json.
export-limit-host = This copy lies on a computer that the census may not run. Whoever runs it sees from where its files are asked for, and may keep a log of it.
export-limit-parts = When the map is too large to be loaded whole, your browser asks for parts of one file, and they tell which part of the map you look at.
export-latest-title = The latest release
export-latest-text = A server of the census would lead you from here to the file you asked for. These are plain files, and cannot: the latest release in them is { $value }.
export-latest-programs = Programs find its id in:
export-lost-text = The address may be mistyped, or it belongs to a release that this copy of the census does not hold.
file-dictionary = What every column means
file-datapackage = The tables described for programs (Data Package)
file-citation = How to cite this release, for reference managers
file-readme = What this release is, in words
subject-cells = Cells
subject-cells-text = Counts in hexagons of eight sizes; resolution 8 is about 0.7 km², 10 about 0.015 km².
subject-areas = Areas
subject-areas-text = Counts, rates and estimates by named area, with the outlines they were counted in.
subject-effort = Effort
subject-effort-text = What teams walked, how completely, and where something is left to walk.
subject-estimates = Estimates
subject-estimates-text = What the models say of the cameras nobody reported, and how the count depends on the matching rule.
subject-figures = Published figures
subject-figures-text = Numbers and announced systems by others, with their sources.
subject-changes = Changes
subject-changes-text = What is different from the release before.
subject-other = About this release
subject-other-text = Totals, sources, rules, and the description of every table.
format-csv = Spreadsheets, R, and everything else that reads tables.
format-xlsx = Excel and LibreOffice, with the numbers as numbers.
format-geojson = Web maps and scripts: the table with its outlines.
format-geojsons = The same, one feature a record, for streaming.
format-fgb = QGIS and GDAL: reads a part of the map over the network without fetching all of it.
format-parquet = DuckDB, Python and R: fast over large tables.
format-pmtiles = The vector tiles of a map in one file, read in parts by web maps.
format-json = Headline numbers and descriptions, for programs.
format-cff = Citation File Format, for reference managers.

review-title = Review
review-login-text = For the moderators of this census. What waits here is not public, and nothing becomes public before somebody here has looked at it.
review-name = Name
review-passphrase = Passphrase
review-login = Log in
review-login-wrong = This name and passphrase do not belong together.
review-login-lost = Lost the passphrase? The coordinator makes a new link with the command “moderator add”. The one cookie of this site is set when you log in; it is sent to these pages alone and ends with the session.
review-join-title = Become a moderator
review-join-text = Your link holds a code that works once. You get a passphrase for it.
review-code = Code
review-join = Get my passphrase
review-join-wrong = This code was used before, or it was never made. Ask the coordinator for another link.
review-joined = You can log in with these from now on.
review-joined-once = Write it down on paper: it is shown this once, and nobody can look it up.
review-signed-in = Logged in as { $value }.
review-logout = Log out
review-back = Back to the queue
review-alone = There is one moderator, so nobody has to confirm what you decide: not large decisions, deletions, rollbacks or changes of bounds either. Look twice; a second moderator would be asked for these.
review-proposals = Waiting for a second moderator
review-proposed-by = proposed by { $value }
review-confirm = Confirm
review-drop = Drop the proposal
review-second = Another moderator has to confirm this.
review-empty = Nothing waits. Reports appear here when volunteers send them.
review-keys = Keys
review-key-move = next and previous report
review-key-select = select this report
review-key-approve = approve what is selected, else this one
review-key-reject = reject it, with the reason in the list
review-key-same = approve: the selected ones are one camera, or this is the camera counted near by
review-key-different = approve: they are different cameras
review-key-undo = undo the selection
review-key-help = open and close this list
review-decide = Decide about what is selected
review-approve = Approve
review-reject = Reject
review-reason = because
review-same = Same camera
review-different = Different cameras
review-preview = Show on the map
review-cell = Cell
review-no-week = no week
review-pages = Pages of the queue
review-before = Previous page
review-after = Next page
review-map = What a release would count here
review-map-description = { $cameras } cameras from accepted reports and { $selected } selected ones, by H3 cells of resolution { $resolution }.
review-disputes = Said to be gone, or no camera
review-disputes-empty = Nobody says so.
review-disputes-text = What two teams say comes first. The others stand last: one team, or reports without a token, are not enough to hide anything.
review-two-teams = two teams
review-one-team = one team, or without a token
review-claim-gone = Gone
review-claim-not_a_camera = Not a camera
review-accept-gone = Record as gone
review-accept-not-a-camera = Delete the selected sightings
review-dismiss = Set aside
review-removals = Removals
review-removals-text = What is removed here is deleted at once, and the next release leaves it out.
review-epochs = Roll back an epoch of invites
review-epochs-text = Deletes everything sent with the tokens of one epoch, honest reports too: for invites that fell into wrong hands.
review-epoch = Campaign and epoch
review-roll-back = Roll back
review-bounds = Bounds
review-bounds-text = Reports from outside are flagged, never refused.
review-west = West
review-south = South
review-east = East
review-north = North
review-bounds-change = Change
review-state-pending = look closely
review-state-plausible = plausible
review-state-corroborated = seen by another team too
review-flag-outside_bounds = outside the bounds
review-flag-density = more heads than such a place holds
review-flag-burst = many at once in one cell
review-log = Log of decisions
review-log-text = Who decided what, in which region and after which release. No times are kept, and not which report it was.
review-log-empty = Nothing was decided yet.
review-log-release = After release
review-log-first = before the first
review-log-moderator = Moderator
review-log-decision = Decision
review-log-cell = Region
review-log-count = How often
review-said-proposed = Proposed. A second moderator has to confirm it.
review-said-nothing = Nothing was selected that still waits.
review-said-rule = Select two to ten reports, or one beside a camera that is counted already.
review-said-own = You proposed this: a second moderator has to confirm it.
review-said-bounds = Four numbers in degrees are needed, south below north.
reason-other = another reason
reason-not_a_camera = not a camera
reason-duplicate = reported twice
reason-wrong_place = wrong place
reason-implausible = not an honest report
decision-approved = approved
decision-rejected = rejected
decision-same = ruled the same
decision-different = ruled different
decision-gone = recorded as gone
decision-not_a_camera = deleted: no camera
decision-dismissed = set aside
decision-rolled_back = epoch rolled back
decision-bounds = bounds changed
decision-removed = removed on request
decision-marks_accepted = marks accepted
decision-marks_discarded = marks discarded
review-heads =
    { $value ->
        [one] { $value } head
       *[other] { $value } heads
    }
review-waiting =
    { $value ->
        [one] { $value } report waits
       *[other] { $value } reports wait
    }
review-approve-cell =
    { $value ->
        [one] Approve the { $value } plausible report of this cell
       *[other] Approve the { $value } plausible reports of this cell
    }
review-near = counted here already ({ $value }):
review-said-by =
    { $value ->
        [one] { $value } report
       *[other] { $value } reports
    }
review-said-done = Done: { $value }.
review-preview-selected =
    { $value ->
        [one] With { $value } selected report.
       *[other] With { $value } selected reports.
    }
