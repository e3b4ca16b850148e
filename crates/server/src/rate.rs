//! How often one may ask.

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;

/// So many are remembered before those who have been quiet are forgotten.
const REMEMBERED: usize = 10_000;

/// Whoever is counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Who {
    /// The key of this name.
    Key(String),
    /// An address; of version 6 the network, since one host has as many addresses there as it likes.
    Address(IpAddr),
}

impl Who {
    /// Whoever is at an address.
    pub(crate) fn at(address: IpAddr) -> Self {
        Self::Address(match address.to_canonical() {
            IpAddr::V6(six) => {
                let network = u128::from(six) & (u128::MAX << 64);
                IpAddr::V6(Ipv6Addr::from(network))
            }
            four @ IpAddr::V4(_) => four,
        })
    }
}

/// A limit for each key or address: so many a second, as many again in a burst (the generic cell rate algorithm).
#[derive(Debug)]
pub(crate) struct Rate {
    limiter: DefaultKeyedRateLimiter<Who>,
    clock: DefaultClock,
}

impl Rate {
    /// A limit of so many a second; 0 counts as 1.
    pub(crate) fn new(per_second: u32) -> Self {
        let rate = NonZeroU32::new(per_second).unwrap_or(NonZeroU32::MIN);
        let burst = rate.saturating_mul(NonZeroU32::MIN.saturating_add(1));
        Self {
            limiter: DefaultKeyedRateLimiter::keyed(Quota::per_second(rate).allow_burst(burst)),
            clock: DefaultClock::default(),
        }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// With the seconds to wait, at least 1, when it comes too soon.
    pub(crate) fn count(&self, who: &Who) -> Result<(), u64> {
        if self.limiter.len() > REMEMBERED {
            self.limiter.retain_recent();
        }
        let counted = self.limiter.check_key(who);
        counted.map_err(|not_until| {
            let wait = not_until.wait_time_from(self.clock.now());
            wait.as_secs() + 1
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_who_asks_too_often_waits_and_others_do_not() {
        let rate = Rate::new(1);
        let (one, other) = (Who::Key("one".into()), Who::Key("other".into()));
        assert_eq!([rate.count(&one), rate.count(&one)], [Ok(()), Ok(())]);
        assert!(rate.count(&one).is_err_and(|wait| wait >= 1));
        assert_eq!(rate.count(&other), Ok(()));
    }

    #[test]
    fn a_network_of_version_6_is_one_asker() {
        let at = |text: &str| Who::at(text.parse().unwrap());
        assert_eq!(at("2001:db8::1"), at("2001:db8::2:3"));
        assert_ne!(at("2001:db8::1"), at("2001:db8:0:1::1"));
        assert_eq!(at("::ffff:192.0.2.1"), at("192.0.2.1"));
        assert_ne!(at("192.0.2.1"), at("192.0.2.2"));
    }
}
