//! RFC 9497, appendix A.1.2: ristretto255-SHA512 in VOPRF mode.

use super::{Blinded, SigningKey};

const SEED: [u8; 32] = [0xa3; 32];
const KEY_INFO: &[u8] = b"test key";
const SECRET: &str = "e6f73f344b79b379f1a0dd37e07ff62e38d9f71345ce62ae3a9bc60b04ccd909";
const PUBLIC: &str = "c803e2cc6b05fc15064549b5920659ca4a77b2cca6f04f6b357009335476ad4e";

struct Vector {
    inputs: &'static [&'static str],
    blinded: &'static [&'static str],
    evaluated: &'static [&'static str],
    proof: &'static str,
    random: &'static str,
    outputs: &'static [&'static str],
}

const ZERO: &str = "00";
const FIVE_A: &str = "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a";
const OUTPUT_ZERO: &str = "b58cfbe118e0cb94d79b5fd6a6dafb98764dff49c14e1770b566e42402da1a7d\
                           a4d8527693914139caee5bd03903af43a491351d23b430948dd50cde10d32b3c";
const OUTPUT_FIVE_A: &str = "8a9a2f3c7f085b65933594309041fc1898d42d0858e59f90814ae90571a6df60\
                             356f4610bf816f27afdd84f47719e480906d27ecd994985890e5f539e7ea74b6";
const FIRST_RANDOM: &str = "222a5e897cf59db8145db8d16e597e8facb80ae7d4e26d9881aa6f61d645fc0e";

const VECTORS: [Vector; 3] = [
    Vector {
        inputs: &[ZERO],
        blinded: &["863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945"],
        evaluated: &["aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e"],
        proof: "ddef93772692e535d1a53903db24367355cc2cc78de93b3be5a8ffcc6985dd06\
                6d4346421d17bf5117a2a1ff0fcb2a759f58a539dfbe857a40bce4cf49ec600d",
        random: FIRST_RANDOM,
        outputs: &[OUTPUT_ZERO],
    },
    Vector {
        inputs: &[FIVE_A],
        blinded: &["cc0b2a350101881d8a4cba4c80241d74fb7dcbfde4a61fde2f91443c2bf9ef0c"],
        evaluated: &["60a59a57208d48aca71e9e850d22674b611f752bed48b36f7a91b372bd7ad468"],
        proof: "401a0da6264f8cf45bb2f5264bc31e109155600babb3cd4e5af7d181a2c9dc0a\
                67154fabf031fd936051dec80b0b6ae29c9503493dde7393b722eafdf5a50b02",
        random: FIRST_RANDOM,
        outputs: &[OUTPUT_FIVE_A],
    },
    Vector {
        inputs: &[ZERO, FIVE_A],
        blinded: &[
            "863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945",
            "90a0145ea9da29254c3a56be4fe185465ebb3bf2a1801f7124bbbadac751e654",
        ],
        evaluated: &[
            "aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e",
            "cc5ac221950a49ceaa73c8db41b82c20372a4c8d63e5dded2db920b7eee36a2a",
        ],
        proof: "cc203910175d786927eeb44ea847328047892ddf8590e723c37205cb74600b0a\
                5ab5337c8eb4ceae0494c2cf89529dcf94572ed267473d567aeed6ab873dee08",
        random: "419c4f4f5052c53c45f3da494d2b67b220d02118e0857cdbcf037f9ea84bbe0c",
        outputs: &[OUTPUT_ZERO, OUTPUT_FIVE_A],
    },
];

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

fn of<const N: usize>(hex: &str) -> [u8; N] {
    bytes(hex).try_into().unwrap()
}

fn elements(hex: &[&str]) -> Vec<[u8; 32]> {
    hex.iter().map(|hex| of(hex)).collect()
}

#[test]
fn a_key_is_derived_as_in_the_vectors() {
    let key = SigningKey::derive(&SEED, KEY_INFO).unwrap();
    assert_eq!((key.secret(), key.public()), (of(SECRET), of(PUBLIC)));
    let again = SigningKey::from_secret(&key.secret()).unwrap();
    assert_eq!((again.secret(), again.public()), (of(SECRET), of(PUBLIC)));
    assert!(SigningKey::from_secret(&[0; 32]).is_err() && SigningKey::from_secret(&[0xff; 32]).is_err());
    assert!(SigningKey::from_secret(&[1; 31]).is_err());
}

#[test]
fn batches_are_signed_and_proved_as_in_the_vectors() {
    let key = SigningKey::from_secret(&bytes(SECRET)).unwrap();
    for vector in VECTORS {
        let mut wide = [0; 64];
        wide[..32].copy_from_slice(&bytes(vector.random));
        let batch = Blinded::read(&elements(vector.blinded)).unwrap();
        let evaluated = key.evaluate_with(&batch, wide).unwrap();
        assert_eq!(evaluated.elements, elements(vector.evaluated));
        assert_eq!(evaluated.proof, of(vector.proof));
    }
}

#[test]
fn the_outputs_of_the_vectors_are_good_and_others_are_not() {
    let key = SigningKey::from_secret(&bytes(SECRET)).unwrap();
    for vector in VECTORS {
        for (input, output) in vector.inputs.iter().zip(vector.outputs) {
            let (input, output) = (bytes(input), of(output));
            assert!(key.verify(&input, &output));
            for at in [0, 31, 32, 63] {
                let mut other = output;
                other[at] ^= 1;
                assert!(!key.verify(&input, &other), "byte {at}");
            }
            assert!(!SigningKey::from_seed(&SEED).unwrap().verify(&input, &output), "another key");
        }
    }
}

#[test]
fn the_same_batch_gets_the_same_answer_and_another_one_another_proof() {
    let key = SigningKey::from_secret(&bytes(SECRET)).unwrap();
    let batch = |vector: &Vector| Blinded::read(&elements(vector.blinded)).unwrap();
    let [first, second] = [&VECTORS[0], &VECTORS[1]].map(|vector| key.evaluate(&batch(vector)).unwrap());
    assert_eq!(Some(&first), key.evaluate(&batch(&VECTORS[0])).as_ref());
    assert_ne!(first.proof, second.proof);
    assert!(key.evaluate(&Blinded::read(&[]).unwrap()).is_none());
}

#[test]
fn what_is_no_element_or_the_identity_is_not_signed() {
    assert!(Blinded::read(&[[0; 32]]).is_none(), "the identity");
    assert!(Blinded::read(&[[0xff; 32]]).is_none(), "no canonical form");
    assert!(Blinded::read(&[of(PUBLIC), [1; 32]]).is_none(), "one bad element of two");
}
