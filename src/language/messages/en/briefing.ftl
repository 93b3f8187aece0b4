# Words of briefings. Every key stands in every language; a test compares them.

# Paper
paper-page-of = Page { $page } of { $pages }
# The content of a briefing
briefing-link = Briefing: two pages to print
briefing-back = Back to the area
briefing-pdf = PDF, { $value }
briefing-title = Surveillance cameras in { $area }
briefing-week = week { $week } of { $year }
briefing-unknown = not known
briefing-more = and { $value } more
briefing-short-interval = { $low } to { $high } (95%)
briefing-open-interval = { $low } or more (95%)
briefing-wide-value = { $low } to { $high }
briefing-wide-interval = 95%; too wide to name one number
briefing-rate-interval = { $low } to { $high } (95%), for comparing areas

briefing-found = Cameras recorded
briefing-found-interval = counted, at least so many
briefing-found-of = in { $area }
briefing-found-of-ground = in { $area }, { $km2 } km²
briefing-found-means = to be seen from public space; camera heads: { $heads }
briefing-nobody-interval = nobody looked: unknown, not zero
briefing-estimate = Counted and missed, estimated
briefing-estimate-bound = Counted and missed, at least about
briefing-estimate-none = no estimate
briefing-estimate-no-interval = no interval without an estimate
briefing-estimate-of-nothing = no streets walked by several teams
briefing-per-10000 = Per 10,000 residents
briefing-rate-means = cameras recorded, not estimated
briefing-rate-few-interval = withheld: fewer than ten cameras, or too wide an interval
briefing-rate-none-interval = no rate without both numbers
briefing-residents-none = residents are not stated
briefing-residents-old = ; { $years } years older than this count
briefing-surveyed = Listed streets surveyed
briefing-surveyed-interval = a measured share, so no interval
briefing-surveyed-of = of all listed streets or cells
briefing-surveyed-of-units = of the { $units } listed streets or cells ({ $extent })
briefing-surveyed-means = walked completely by at least one team
briefing-surveyed-none = no list of streets to walk
briefing-home-interval = each cell of 0.7 km² rounded to a multiple of five, then added
briefing-home-withheld = withheld: the area is too small
briefing-home-nobody = none reported, and nobody is known to have looked: not zero
briefing-home-of = in { $area }, and in no other number here
briefing-home-means = doorbells and cameras of households

briefing-map = Where they are
briefing-map-text = Cells with cameras: { $some }, the fullest with { $most }. Cells where somebody looked and found none: { $none }. Hatched ground was not surveyed: what is there is unknown.

briefing-effort-caption = What was walked in { $area }, by survey
briefing-effort-means = walked from end to end
briefing-teams = Teams
briefing-named = Listed
briefing-walked = Walked by a team
briefing-walked-all = Walked by all teams
briefing-none-found = Walked, none found
briefing-km = { $value } km
briefing-km-share = { $value } km ({ $share }%)
briefing-square-km = { $value } km²
briefing-square-km-share = { $value } km² ({ $share }%)
briefing-zero = Zero: on { $none } of { $walked } walked streets or cells no team reported a camera.
briefing-not-surveyed = Not surveyed: { $missing } of { $all } streets or cells. What is there is unknown, not zero.
briefing-not-surveyed-open = The teams named { $all } streets or cells. What share of all streets that is, nobody knows.
briefing-along = Cameras recorded along the { $extent } walked: { $cameras }; per km { $rate }, { $interval }.
briefing-along-few = Cameras recorded along the { $extent } walked: { $cameras }, too few for a rate per km.
briefing-along-cells = Cameras recorded in the { $extent } walked: { $cameras }.
briefing-withheld = Withheld: { $value }.
briefing-withheld-nothing = Withheld: nothing here.
briefing-withheld-rates = rates from few cameras
briefing-withheld-homes = home cameras in a small area
briefing-observers = A team may be one person or many: nobody records who walked.

briefing-shares-means = cameras recorded

briefing-changes = Since the release before
briefing-changes-none = There is no release before this one, so nothing can be said about change.
briefing-changes-caption = Cameras in { $area } from release { $before } to { $after }
briefing-changes-means = net changes of small cells, as in changes.csv
briefing-changes-what = What happened
briefing-changes-how = What it means
briefing-before = Before
briefing-before-means = counted in the release before
briefing-new = New
briefing-new-means = where everything had been walked before: put up since, or missed then
briefing-new-unknown = not known: no list of streets says what had been walked
briefing-newly-found = Newly found
briefing-newly-found-means = may have been there all along
briefing-gone = Gone
briefing-gone-means = found gone, or no longer reported
briefing-split = Told apart
briefing-split-means = one camera was found to be several
briefing-merged = Joined
briefing-merged-means = several cameras were found to be one
briefing-stale = Not confirmed
briefing-stale-means = nobody has confirmed them for 24 months
briefing-border = At the border
briefing-border-means = in cells that cross the border of the area
briefing-after = Now
briefing-after-means = counted in this release
briefing-trend = A trend needs the same effort in both releases: the same streets, and as many teams. More teams find more.
briefing-trend-walked = Walked completely for the first time since: { $extent }.

briefing-nearby = Beside the areas nearby
briefing-nearby-caption = { $set }: the nearest areas, by name; this is no ranking
briefing-nearby-compared = Compared with { $area }
briefing-nearby-here = this area
briefing-nearby-alike = cannot be separated
briefing-nearby-apart = differs by more than chance
briefing-nearby-uneven = recorded rates differ; effort unequal or unknown
briefing-nearby-few = too few to compare
briefing-nearby-text = Recorded rates are compared pair by pair, at 95% for all pairs together, where both areas were surveyed to nine tenths or more. That tells about chance only, not about how many cameras were missed; more cameras may mean more volunteers.

briefing-figures-caption = Published figures, beside cameras recorded in { $area }: { $cameras }
briefing-figures-means = do they count the same?
briefing-figures-linked = Known to be linked here: { $value }.
briefing-figures-more = More published figures on the page of comparisons: { $value }.
briefing-figures-none = No published figure known here speaks of this area. About other places, on the page of comparisons: { $value }.

briefing-method = Method and limits
briefing-counted = Counted: cameras on walls, poles and buildings that can be seen from public space, of every kind in the table, reported up to { $week }, and accepted by a reviewer or brought in by whoever runs the census. Not counted: indoor, hidden, vehicle and body-worn cameras. Home cameras are counted apart.
briefing-dates = { $week } (without those last seen over { $months } months before, unless a register lists them)
briefing-sources = The reports of this census come from: { $value }.
briefing-covers = The interval of the estimate covers which cameras the teams happened to see, on the streets that every team walked. It does not cover sampling, streets not walked, teams that knew of each other, or wrong reports. Intervals of rates cover chance alone.
briefing-covers-none = There is no estimate, so nothing here says how many cameras were missed. Intervals of rates cover chance alone.
briefing-bias = Known errors: cameras that are harder to see than others make an estimate too low; reports of one camera that were not matched make it too high; reports of two cameras matched as one make it too low.
briefing-working = A recorded camera is not a working camera. Who runs it is as reported, often inferred from what it is fixed to.
briefing-frame = Nothing is scaled up to streets outside of the survey, and nothing here says why cameras stand where they do.
briefing-small = Small numbers: a rate is printed from ten cameras on, if its interval is no wider than 1.6 times the rate; shares are printed where ten or more cameras were counted in all.

briefing-check = Check this yourself
briefing-check-files = The numbers stand in
briefing-check-method = How they come about:
briefing-check-boundaries = Boundaries: { $set }, { $edition }.
briefing-check-release = Release { $value }. SHA-256 of manifest.json:
briefing-check-licence = Licence: { $value }. Cite as:
briefing-check-rebuild = Made with { $value }. The same reports give the same bytes; whoever has the files can run

file-effort-areas = What was walked in each area, by survey
