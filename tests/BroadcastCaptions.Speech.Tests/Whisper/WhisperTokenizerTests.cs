using System.Text.Json;
using BroadcastCaptions.Speech.Whisper;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.Speech.Tests.Whisper;

public sealed class WhisperTokenizerTests
{
    [Theory]
    [InlineData("whisper-tiny.en")]
    [InlineData("whisper-base")]
    public void Texts_become_the_references_tokens_and_come_back(string model)
    {
        if (Places.InShared("golden", "tokenizer.json") is not { } golden || Places.InShared("models", model, "tokenizer.json") is not { } file) return;
        var tokenizer = WhisperTokenizer.Load(file);
        using var cases = JsonDocument.Parse(File.ReadAllText(golden));
        foreach (var entry in cases.RootElement.GetProperty(model).EnumerateArray())
        {
            int[] ids = [.. entry.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())];
            Assert.Equal(ids, tokenizer.Encode(entry.GetProperty("text").GetString()!));
            Assert.Equal(entry.GetProperty("decoded").GetString(), tokenizer.Decode(ids));
        }
    }

    [Theory]
    [InlineData("I'll go", "I|'ll| go")]
    [InlineData(" two  blanks", " two| | blanks")]
    [InlineData("tail  ", "tail|  ")]
    [InlineData("a\n\nb", "a|\n|\n|b")]
    [InlineData("x1½ …!", "x|1½| …!")]
    [InlineData("𠀀字 𝟙", "𠀀字| 𝟙")]
    public void Text_is_parted_as_the_vocabulary_was_made(string text, string parts)
    {
        var found = new List<string>();
        for (var rest = text; rest.Length > 0; rest = rest[found[^1].Length..]) found.Add(rest[..TextSplitter.Next(rest)]);
        Assert.Equal(parts.Split('|'), found);
    }
}
