using BroadcastCaptions.Captions.Layout;
using BroadcastCaptions.Speech;

namespace BroadcastCaptions.Captions.Tests.Layout;

public class LineWrapperTests
{
    [Theory]
    [InlineData("the quick brown fox", "the quick|brown fox")]
    [InlineData("exactly-10 next", "exactly-10|next")]
    [InlineData("a incomprehensibilities b", "a|incomprehe|nsibilitie|s b")]
    public void Breaks_at_spaces_and_cuts_what_is_longer_than_a_line(string text, string lines) =>
        Assert.Equal(lines, Wrap(Say.Words(text), 10));

    [Fact]
    public void Breaks_between_ideographs() => Assert.Equal("今日は天|気がいい", Wrap(Spaceless("今日", "は", "天気", "が", "いい"), 10));

    [Fact]
    public void No_line_begins_with_closing_punctuation()
    {
        Assert.Equal("東京大阪。|京都", Wrap(Spaceless("東京", "大阪", "。", "京都"), 10));
        Assert.Equal("東京大阪、|京都", Wrap(Spaceless("東京", "大阪、", "京都"), 11));
        Assert.Equal("あいう|チャット", Wrap(Spaceless("あいう", "チャット"), 10));
    }

    [Fact]
    public void No_line_ends_with_opening_punctuation() =>
        Assert.Equal("東京大|「阪」", Wrap(Spaceless("東京大", "「", "阪", "」"), 9));

    [Fact]
    public void Punctuation_that_comes_later_does_not_move_what_stood_before_it()
    {
        var before = Spaceless("一", "二", "三", "四", "五");
        var after = Spaceless("一", "二", "三", "四", "五", "。");
        Assert.StartsWith("一二三四|五", Wrap(before, 10), StringComparison.Ordinal);
        Assert.Equal(Wrap(before, 10) + "。", Wrap(after, 10));
    }

    [Fact]
    public void Never_cuts_inside_a_grapheme()
    {
        var family = "👨‍👩‍👧";
        Assert.Equal($"{family}{family}|{family}", Wrap(Say.Words(family + family + family), 5));
    }

    [Fact]
    public void Lines_of_the_beginning_stay_when_text_goes_on()
    {
        var random = new Random(7);
        for (var round = 0; round < 15; round++)
        {
            var words = Say.Words(string.Join(' ', Enumerable.Range(0, 30).Select(_ => new string('x', random.Next(1, 14)))));
            for (var n = 1; n < words.Count; n++)
            {
                var shorter = Wrap(words[..n], 12);
                var longer = Wrap(words[..(n + 1)], 12);
                Assert.StartsWith(shorter, longer, StringComparison.Ordinal);
            }
        }
    }

    private static List<TimedWord> Spaceless(params string[] words) =>
        [.. words.Select(word => new TimedWord(word, default, default, 1, SpaceBefore: false))];

    private static string Wrap(IEnumerable<TimedWord> words, int columns)
    {
        var layout = LayoutWord.From(words);
        var spans = LineWrapper.Wrap(layout, 0, _ => columns);
        var lines = spans.Select(span => LineText.Of(layout, span.From, span.To)).ToArray();
        Assert.All(lines, line => Assert.InRange(TextWidth.Of(line), 1, columns));
        return string.Join('|', lines);
    }
}
