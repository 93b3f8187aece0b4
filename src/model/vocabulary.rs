//! The enumerated values of a sighting, with the word the interface uses and the code the database stores.

/// Declares one closed vocabulary. Codes are stored, so an existing line is never renumbered: new words go at the end.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident default $default:ident { $($(#[$variant_doc:meta])* $variant:ident = $code:literal, $word:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        #[repr(u8)]
        pub enum $name {
            $($(#[$variant_doc])* $variant = $code,)+
        }

        impl $name {
            /// Every value, in code order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word used in GeoJSON properties, CSV columns and on pages.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The number stored in the database.
            #[must_use]
            pub const fn code(self) -> u8 {
                self as u8
            }

            /// The value with this word, if there is one. Case matters: callers normalise.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }

            /// The value with this stored code, if there is one.
            #[must_use]
            pub const fn from_code(code: u8) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        const _: () = {
            // Spelt out so that `default unknown` in the table above is the one place that decides it.
            assert!($name::$default as u8 == DEFAULT_CODE);
        };
    };
}

/// Every vocabulary keeps its default at code 0.
const DEFAULT_CODE: u8 = 0;

vocabulary! {
    /// What sort of camera it is.
    Kind default Unknown {
        /// Not stated.
        #[default]
        Unknown = 0, "unknown";
        /// A box or bullet that looks one way.
        Fixed = 1, "fixed";
        /// A dome whose direction cannot be seen.
        Dome = 2, "dome";
        /// Pan, tilt and zoom.
        Panning = 3, "panning";
        /// Reads number plates (ALPR, ANPR).
        PlateReader = 4, "plate_reader";
        /// At a front door; always a home camera.
        Doorbell = 5, "doorbell";
        /// Known, and none of the above (red-light, speed, webcam, 360 degrees).
        Other = 6, "other";
    }
}

vocabulary! {
    /// Whose camera it is said to be.
    Operator default Unknown {
        /// Not stated.
        #[default]
        Unknown = 0, "unknown";
        /// Police and sheriffs.
        Police = 1, "police";
        /// Any other public body.
        Government = 2, "government";
        /// Public transport.
        Transit = 3, "transit";
        /// Road authorities.
        Traffic = 4, "traffic";
        /// Shops, banks, landlords and other private firms.
        Business = 5, "business";
        /// Schools and universities.
        Education = 6, "education";
        /// A private home; always a home camera.
        Household = 7, "household";
        /// Known, and none of the above.
        Other = 8, "other";
    }
}

vocabulary! {
    /// What the camera is fixed to.
    Mount default Unknown {
        /// Not stated.
        #[default]
        Unknown = 0, "unknown";
        /// A wall or facade.
        Wall = 1, "wall";
        /// A pole or mast of its own.
        Pole = 2, "pole";
        /// A street lamp.
        StreetLamp = 3, "street_lamp";
        /// A traffic signal.
        TrafficSignal = 4, "traffic_signal";
        /// A ceiling or soffit.
        Ceiling = 5, "ceiling";
        /// A roof.
        Roof = 6, "roof";
        /// A door or its frame.
        Door = 7, "door";
        /// Known, and none of the above.
        Other = 8, "other";
    }
}

vocabulary! {
    /// Whether the picture feeds a public or police network.
    Linked default Unknown {
        /// Not stated.
        #[default]
        Unknown = 0, "unknown";
        /// It does.
        Yes = 1, "yes";
        /// It does not.
        No = 2, "no";
    }
}

vocabulary! {
    /// How the reporter knows what is claimed.
    Basis default Seen {
        /// Seen on the spot.
        #[default]
        Seen = 0, "seen";
        /// Read on a sign.
        Sign = 1, "sign";
        /// Read in a document.
        Document = 2, "document";
        /// A guess.
        Guess = 3, "guess";
    }
}

vocabulary! {
    /// Who may send reports to a campaign.
    Intake default Open {
        /// Anybody.
        #[default]
        Open = 0, "open";
        /// Whoever holds a token of an invite.
        Invited = 1, "invited";
    }
}

vocabulary! {
    /// How the rows of an imported file relate to each other.
    RowsMode default Register {
        /// Each row is another camera.
        #[default]
        Register = 0, "register";
        /// Each document is one observer.
        Survey = 1, "survey";
        /// Each row is another observer.
        Reports = 2, "reports";
    }
}

vocabulary! {
    /// Why a moderator rejected a sighting.
    RejectReason default Other {
        /// None of the below.
        #[default]
        Other = 0, "other";
        /// Not a camera, or one the census does not count.
        NotACamera = 1, "not_a_camera";
        /// Reported before by the same observer.
        Duplicate = 2, "duplicate";
        /// Outside the campaign, or where no camera can be.
        WrongPlace = 3, "wrong_place";
        /// Does not look like an honest report.
        Implausible = 4, "implausible";
    }
}

vocabulary! {
    /// What sort of number a published figure is.
    FigureStatus default Estimate {
        /// Somebody's judgement of how many there are.
        #[default]
        Estimate = 0, "estimate";
        /// Announced for the future.
        Planned = 1, "planned";
        /// Said to be in place.
        Installed = 2, "installed";
        /// Counted one by one.
        Counted = 3, "counted";
        /// A small sample scaled to a large place.
        Extrapolation = 4, "extrapolation";
    }
}

vocabulary! {
    /// What a published figure rests on.
    FigureBasis default Estimate {
        /// A judgement, without a method that can be followed.
        #[default]
        Estimate = 0, "estimate";
        /// A plan of whoever runs the cameras.
        OfficialPlan = 1, "official_plan";
        /// A number that whoever runs the cameras gave out.
        OfficialCount = 2, "official_count";
        /// People who walked the streets.
        StreetCount = 3, "street_count";
        /// Pictures taken at street level.
        ImageCount = 4, "image_count";
        /// Numbers of several others put together.
        Compilation = 5, "compilation";
        /// A sample scaled up.
        Extrapolation = 6, "extrapolation";
    }
}

vocabulary! {
    /// Whether something is said to be so.
    Stated default Unknown {
        /// Not stated.
        #[default]
        Unknown = 0, "unknown";
        /// It is.
        Yes = 1, "yes";
        /// It is not.
        No = 2, "no";
    }
}

vocabulary! {
    /// How far an announced system has got.
    DeploymentStatus default Announced {
        /// Made public.
        #[default]
        Announced = 0, "announced";
        /// In a plan.
        Planned = 1, "planned";
        /// Under contract.
        Agreed = 2, "agreed";
        /// Being built or running.
        Ongoing = 3, "ongoing";
        /// Held up.
        Setback = 4, "setback";
        /// Given up.
        Cancelled = 5, "cancelled";
    }
}

vocabulary! {
    /// How completely a team walked an audit unit.
    UnitState default NotWalked {
        /// Nobody of the team was there.
        #[default]
        NotWalked = 0, "not_walked";
        /// Walked from end to end, both sides seen.
        Complete = 1, "complete";
        /// Walked or seen in part.
        Partial = 2, "partial";
        /// Could not be seen: closed, private, a building site.
        NotVisible = 3, "not_visible";
    }
}

vocabulary! {
    /// What a moderator ruled about two sightings.
    Verdict default Different {
        /// They are of two cameras.
        #[default]
        Different = 0, "different";
        /// They are of one camera.
        Same = 1, "same";
    }
}

vocabulary! {
    /// What a token pays for.
    TokenPurpose default Sightings {
        /// One sighting.
        #[default]
        Sightings = 0, "sightings";
        /// One mark of a survey sheet, or one report that a camera is gone or never was one.
        Marks = 1, "marks";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_and_code_finds_its_way_back() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_word(kind.word()), Some(*kind));
            assert_eq!(Kind::from_code(kind.code()), Some(*kind));
        }
        for operator in Operator::ALL {
            assert_eq!(Operator::from_word(operator.word()), Some(*operator));
            assert_eq!(Operator::from_code(operator.code()), Some(*operator));
        }
        for mount in Mount::ALL {
            assert_eq!(Mount::from_word(mount.word()), Some(*mount));
            assert_eq!(Mount::from_code(mount.code()), Some(*mount));
        }
        assert_eq!(Kind::from_word("cctv"), None);
        assert_eq!(Kind::from_code(200), None);
    }
}

vocabulary! {
    /// What a report says about a camera that the census counts.
    Claim default Gone {
        /// It was there and is gone.
        #[default]
        Gone = 0, "gone";
        /// It never was a camera.
        NotACamera = 1, "not_a_camera";
    }
}
