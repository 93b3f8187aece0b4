//! The server as a client on a socket sees it, on a small router of its own.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod areas;
#[cfg(test)]
mod basemap;
#[cfg(test)]
mod bodies;
#[cfg(test)]
mod demo;
#[cfg(test)]
mod files;
#[cfg(test)]
mod load;
#[cfg(test)]
mod ogc;
#[cfg(test)]
mod panics;
#[cfg(test)]
mod slow;
#[cfg(test)]
mod stop;
