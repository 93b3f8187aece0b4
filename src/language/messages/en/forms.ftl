# What the forms for reports and sheets say in the browser; the page hands this file over to its script.

queue-empty = Nothing waits.
queue-count = { $value } waiting to be sent.
queue-sent-count = { $value } sent.
queue-sending = { $seconds ->
    [one] Sending … { $value } left. The next one follows within { $seconds } second.
   *[other] Sending … { $value } left. The next one follows within { $seconds } seconds.
}
queue-done = All sent.
queue-offline = There is no network. What waits is kept here; press “Send now” again later.
queue-failed = { $value } could not be sent; the reason stands beside each.
queue-wait = The census asks to wait. Press “Send now” again later.
queue-wiped = Wiped: nothing is left on this device.
queue-no-token = No token is left for this campaign. Ask its coordinator for a new invite.
queue-refused = Refused by the census ({ $reason }).
queue-invite-taken = Your invite is on this device now, and no longer in the address.
queue-invite-failed = The invite could not be used. It may be used up, withdrawn or cut off; ask for another one.
queue-tokens = Tokens left: { $value } for reports, { $number } for marks.
queue-no-storage = This browser keeps nothing for this page, perhaps because of a private window. Reports would be lost when it is closed.
queue-receipt = Receipt
form-map-label = Map to place the camera: tap, or drag the pin. With the keyboard, type the coordinates below.
form-placed = The pin stands where you put it.
form-not-placed = Tap the map, type coordinates, or press “Where I am”.
form-finding = Asking this device where it is …
form-found = { $metres ->
    [one] Found, to about { $metres } metre. Drag the pin to the camera itself.
   *[other] Found, to about { $metres } metres. Drag the pin to the camera itself.
}
form-not-found = This device did not tell where it is. Tap the map or type coordinates.
form-known = { $cameras ->
    [one] The latest release counts { $cameras } camera on this block. Report what you see all the same: a second report confirms it.
   *[other] The latest release counts { $cameras } cameras on this block. Report what you see all the same: a second report confirms it.
}
form-known-none = The latest release counts no camera on this block.
form-kept = Kept on this device. Nothing has been sent.
form-kept-again = Kept. The next one stands at the same place: change what differs.
form-facing-value = Looks towards { $degrees }°
form-facing-none = Not known
form-file-good = { $number ->
    [one] { $number } report can be sent.
   *[other] { $number } reports can be sent.
}
form-file-bad = Feature { $number } has no usable point.
form-file-broken = This is no GeoJSON that could be read.
form-file-done = Accepted: { $value }. Refused: { $number }.
sheets-sheet = Sheet { $number }
sheets-units = Sheet { $sheet }: { $value } to walk
sheets-none = This wave has no streets to walk yet. Its coordinator imports them.
sheets-failed = The sheets could not be loaded. They stay on this device once they have been.
sheets-metres = { $metres } m
sheets-cell = cell
sheets-number = No.
sheets-zero = Walked it all, saw none
sheets-complete = Walked it all, reported cameras
sheets-partial = Walked in part
sheets-not-visible = Could not be seen
sheets-kept = Kept on this device. Nothing has been sent.
sheets-drawing = Drawing of the streets of sheet { $number }, north up
sheets-pass-missing = Choose your team first.
