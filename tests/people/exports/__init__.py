"""Files as sign-up forms and HR systems export them, written of a cohort that is known.

A property of a reader, for every shape and any clean cohort::

    @given(clean_cohorts(), st.sampled_from(sorted(SHAPES)), st.integers(0, 2**32))
    def test_reads_back(people, name, seed):
        export = SHAPES[name](people, folder, Random(seed))
        assert misreadings(export, people, rm.read_cohort, rm.errors.ReverseMatchError) == []

``clean`` has the people, ``shapes`` the writers, ``export`` what they give and how a reading is compared with it,
``non_answers`` the words. ``export.FLAGS`` says which option of the command line a keyword is.
"""
