using System.Text;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Speech.Alignment;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Moonshine;

namespace BroadcastCaptions.Speech.Tests.Moonshine;

public sealed class WordReaderTests : IDisposable
{
    private const int FirstPiece = 3 + 256;

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_space_begins_a_word()
    {
        Assert.Equal(["Go", "forward,", "ten"], Read(["▁Go", "▁for", "ward", ",", "▁ten"], 0, 1, 2, 3, 4));
    }

    [Fact]
    public void A_text_need_not_begin_with_a_space()
    {
        Assert.Equal(["ward,", "Go"], Read(["▁Go", "ward", ","], 1, 2, 0));
    }

    [Fact]
    public void Letters_without_a_piece_come_as_bytes()
    {
        var bytes = Encoding.UTF8.GetBytes("é").Select(b => 3 + b - FirstPiece);

        Assert.Equal(["café"], Read(["▁caf"], [0, .. bytes]));
    }

    [Fact]
    public void Half_a_letter_is_not_shown()
    {
        Assert.Equal(["caf"], Read(["▁caf"], 0, 3 + 0xC3 - FirstPiece));
    }

    [Fact]
    public void Marks_and_numbers_beyond_the_vocabulary_have_no_text()
    {
        Assert.Equal(["Go"], Read(["▁Go"], 1 - FirstPiece, 0, 2 - FirstPiece, 32_700 - FirstPiece));
    }

    [Fact]
    public void A_words_probability_is_its_tokens_geometric_mean()
    {
        var reader = new WordReader(Vocabulary(["▁for", "ward"]));

        var word = Assert.Single(reader.Read([new(FirstPiece, MathF.Log(0.9f)), new(FirstPiece + 1, MathF.Log(0.4f))], new(10)));
        Assert.Equal(0.6, word.Probability, 1e-6);
        Assert.False(word.SpaceBefore);
        Assert.Null(word.Heard);
    }

    [Fact]
    public void A_word_is_heard_from_its_first_token_to_its_last()
    {
        var reader = new WordReader(Vocabulary(["▁for", "ward", "▁ten"]));
        var clock = new TokenClock(10);
        clock.Read([0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1], tokens: 3, samples: 60);

        var words = reader.Read([new(FirstPiece, 0), new(FirstPiece + 1, 0), new(FirstPiece + 2, 0)], clock);

        Assert.Equal([new HeardSpan(1 * 10, 3 * 10), new(5 * 10, 6 * 10)], words.Select(word => word.Heard!.Value));
    }

    [Theory]
    [InlineData("no vocabulary here")]
    [InlineData("const llama_vocab_base64 = \"not base64!\"")]
    [InlineData("const llama_vocab_base64 = \"PHVu")]
    public void A_damaged_file_is_told_with_its_remedy(string content)
    {
        File.WriteAllText(_file, content);

        var failure = Assert.Throws<CaptionsException>(() => LlamaVocabulary.Load(_file));
        Assert.Contains(_file, failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty(failure.Remedy);
    }

    /// <summary>The words of tokens that are numbered from the first piece on.</summary>
    private IEnumerable<string> Read(string[] pieces, params int[] tokens) =>
        new WordReader(Vocabulary(pieces)).Read([.. tokens.Select(token => new ScoredToken(FirstPiece + token, 0))], new(10)).Select(word => word.Text);

    private LlamaVocabulary Vocabulary(string[] pieces)
    {
        string[] all = ["<unk>", "<s>", "</s>", .. Enumerable.Range(0, 256).Select(b => $"<0x{b:X2}>"), .. pieces];
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Join('\n', all)));
        File.WriteAllText(_file, $"const x = 1;\nconst llama_vocab_base64 = \"{base64}\";\n");
        return LlamaVocabulary.Load(_file);
    }
}
