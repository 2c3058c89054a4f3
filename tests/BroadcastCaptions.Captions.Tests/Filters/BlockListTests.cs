using BroadcastCaptions.Captions.Filters;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech;

namespace BroadcastCaptions.Captions.Tests.Filters;

public class BlockListTests
{
    private static readonly string[] Words = ["darn", "blue moon", "rag-tag", "frakk*", "peach pit club", "魔法", "鬼"];

    private readonly Counters _counters = new();

    [Theory]
    [InlineData("oh darn it", "oh d*** it")]
    [InlineData("DARN!", "D***!")]
    [InlineData("darns and darn's", "d**** and d*****")]
    [InlineData("darning the darned", "darning the darned")]
    [InlineData("a blue moon rises", "a b*** m*** rises")]
    [InlineData("a blue, moon.", "a b***, m***.")]
    [InlineData("a blue-moon", "a b***-m***")]
    [InlineData("blue moons", "b*** m****")]
    [InlineData("bluemoon", "bluemoon")]
    [InlineData("blue", "blue")]
    [InlineData("rag-tag, rag tag and ragtag", "r**-t**, r** t** and r*****")]
    [InlineData("da-rn", "d*-r*")]
    [InlineData("frakking frakk frak", "f******* f**** frak")]
    [InlineData("peach pit", "peach pit")]
    [InlineData("peach pit club", "p**** p** c***")]
    [InlineData("“darn”", "“d***”")]
    public void Masks_whole_words_and_phrases(string said, string shown) => Assert.Equal(shown, Filter(said));

    [Fact]
    public void Finds_phrases_in_scripts_without_spaces_however_they_were_cut_into_words()
    {
        Assert.Equal("大魔*使", Join(Apply(Options(), Spaceless("大", "魔法", "使"))));
        Assert.Equal("大魔*使", Join(Apply(Options(), Spaceless("大魔", "法使"))));
    }

    [Fact]
    public void A_single_character_is_blocked_only_where_it_is_a_word()
    {
        Assert.Equal("鬼ごっこ", Join(Apply(Options(), Spaceless("鬼ごっこ"))));
        Assert.Equal("*だ", Join(Apply(Options(), Spaceless("鬼", "だ"))));
    }

    [Fact]
    public void Drops()
    {
        var transcript = Apply(Options(BlockAction.Drop), Say.Words("well darn, that blue moon again"));
        Assert.Equal("well that again", transcript.Text);
        Assert.Equal(["well", "that", "again"], transcript.Words.Select(word => word.Text));
    }

    [Fact]
    public void Replaces_a_phrase_by_one_word_that_takes_its_time()
    {
        var transcript = Apply(Options(BlockAction.Replace), Say.Words("a blue moon again darn."));
        Assert.Equal("a […] again […].", transcript.Text);
        Assert.Equal((0.5, 1.4), (transcript.Words[1].Start.Seconds, transcript.Words[1].End.Seconds));
    }

    [Theory]
    [InlineData(BlockAction.Mask, "so darn good", 2, 2)]
    [InlineData(BlockAction.Drop, "so darn good", 2, 1)]
    [InlineData(BlockAction.Drop, "so darn good", 3, 2)]
    [InlineData(BlockAction.Replace, "a blue moon rises", 2, 1)]
    [InlineData(BlockAction.Replace, "a blue moon rises", 3, 2)]
    [InlineData(BlockAction.Replace, "a blue moon rises", 4, 3)]
    public void Stable_words_stay_true(BlockAction action, string said, int stable, int expected)
    {
        var filter = TextFilters.From(Options(action), _counters);
        Assert.Equal(expected, filter.Apply(Say.Partial("mic", 1, said, stable)).StableWords);
    }

    [Fact]
    public void Words_that_may_become_a_phrase_are_not_stable_until_it_is_known()
    {
        var filter = TextFilters.From(Options(), _counters);
        Assert.Equal(1, filter.Apply(Say.Partial("mic", 1, "a peach pit", 3)).StableWords);
        Assert.Equal(4, filter.Apply(Say.Partial("mic", 1, "a peach pit stop", 4)).StableWords);
        Assert.Equal(3, filter.Apply(Say.Final("mic", 1, "a peach pit")).StableWords);
    }

    [Fact]
    public void Exceptions_win_as_words_and_as_phrases()
    {
        var options = Options();
        options.Allow = ["darn", "blue moon cheese"];
        Assert.Equal("darn blue moon cheese b*** m***", Apply(options, Say.Words("darn blue moon cheese blue moon")).Text);
    }

    [Fact]
    public void A_clean_transcript_is_passed_on_as_it_is()
    {
        var clean = Say.Partial("mic", 1, "nothing to see here", 2);
        Assert.Same(clean, TextFilters.From(Options(), _counters).Apply(clean));
    }

    [Fact]
    public void Counts_what_it_blocks_in_finals()
    {
        var filter = TextFilters.From(Options(), _counters);
        filter.Apply(Say.Partial("mic", 1, "darn"));
        filter.Apply(Say.Final("mic", 1, "darn blue moon"));
        Assert.Equal(2, _counters.Get("filter.blocked").Value);
    }

    [Fact]
    public void Switched_off_it_changes_nothing() =>
        Assert.Equal("darn", Apply(new BlockListOptions { Enabled = false, Add = ["darn"] }, Say.Words("darn")).Text);

    [Fact]
    public void The_list_is_on_by_default_and_knows_no_scunthorpe_problem()
    {
        var filter = TextFilters.From(new BlockListOptions(), _counters);
        Assert.Equal("s***", filter.Apply(Say.Final("mic", 1, "shit")).Text);
        const string clean = "Scunthorpe classic assassin cocktail Essex therapist Dickens analysis";
        Assert.Equal(clean, filter.Apply(Say.Final("mic", 1, clean)).Text);
    }

    [Fact]
    public void Every_word_of_every_list_is_blocked()
    {
        foreach (var language in NaughtyWordLists.Languages)
        {
            var filter = TextFilters.From(new BlockListOptions { Languages = [language] }, _counters);
            foreach (var entry in NaughtyWordLists.Load(language).Where(entry => entry.Any(char.IsLetter)))
                Assert.NotEqual(entry, filter.Apply(Say.Final("mic", 1, entry)).Text);
        }

        Assert.Equal(28, NaughtyWordLists.Languages.Count);
    }

    [Fact]
    public void An_unknown_language_and_an_empty_entry_are_usage_errors_with_a_remedy()
    {
        var language = Assert.Throws<CaptionsException>(() => TextFilters.From(new BlockListOptions { Languages = ["xx"] }, _counters));
        Assert.Equal(ExitCode.Usage, language.Code);
        Assert.Contains("en", language.Remedy, StringComparison.Ordinal);
        var entry = Assert.Throws<CaptionsException>(() => TextFilters.From(new BlockListOptions { Add = ["*"] }, _counters));
        Assert.Contains("blockList.add", entry.Message, StringComparison.Ordinal);
    }

    private static BlockListOptions Options(BlockAction action = BlockAction.Mask) => new() { Languages = [], Add = [.. Words], Action = action };

    private string Filter(string said) => Apply(Options(), Say.Words(said)).Text;

    private Transcript Apply(BlockListOptions options, List<TimedWord> words) =>
        TextFilters.From(options, _counters).Apply(Say.Make("mic", 1, true, words, words.Count, 0));

    private static List<TimedWord> Spaceless(params string[] words) =>
        [.. words.Select(word => new TimedWord(word, default, default, 1, SpaceBefore: false))];

    private static string Join(Transcript transcript) => transcript.Text;
}
