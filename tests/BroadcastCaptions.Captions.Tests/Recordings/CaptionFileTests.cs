using System.Text.Json;
using System.Xml.Linq;
using BroadcastCaptions.Speech;
using Read = BroadcastCaptions.Captions.Tests.Sidecars.CaptionFile;

namespace BroadcastCaptions.Captions.Tests.Recordings;

/// <summary>A whole recording's caption files.</summary>
public sealed class CaptionFileTests : IDisposable
{
    private static readonly Transcript[] Finals =
    [
        Say.Final("file", 1, "The first words of a talk, which go on for so long that they need more than a single cue to be shown."),
        Say.Final("file", 2, "A < B & \"C\".", start: 11.05),
        Say.Final("file", 3, "", start: 14),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("bc-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Srt_and_vtt_hold_the_same_cues_and_none_runs_into_the_next()
    {
        var (srt, vtt) = (Read.Srt(Write(CaptionFormat.Srt)), Read.Vtt(Write(CaptionFormat.Vtt)));
        Assert.Equal(srt.Select(cue => (cue.Start, cue.End)), vtt.Select(cue => (cue.Start, cue.End)));
        Assert.All(srt.Zip(srt.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start, $"{pair.First.End} → {pair.Second.Start}"));
        Assert.Equal(string.Join(' ', Finals.Select(final => final.Text)).Trim(), string.Join(' ', srt.Select(cue => cue.Text)));
    }

    [Fact]
    public void Ttml_is_a_document_of_the_text_profile()
    {
        var document = XDocument.Parse(Write(CaptionFormat.Ttml));
        XNamespace tt = "http://www.w3.org/ns/ttml";
        Assert.Equal("http://www.w3.org/ns/ttml/profile/imsc1.1/text", document.Root!.Attribute(XName.Get("contentProfiles", "http://www.w3.org/ns/ttml#parameter"))!.Value);
        Assert.Equal("en", document.Root.Attribute(XNamespace.Xml + "lang")!.Value);
        var cues = document.Descendants(tt + "p").ToArray();
        var srt = Read.Srt(Write(CaptionFormat.Srt));
        Assert.Equal(srt.Select(cue => cue.Start), cues.Select(cue => TimeSpan.Parse(cue.Attribute("begin")!.Value, System.Globalization.CultureInfo.InvariantCulture).TotalSeconds));
        Assert.Equal(srt.Select(cue => string.Concat(cue.Lines)), cues.Select(cue => cue.Value));
        var regions = document.Descendants(tt + "region").Select(region => region.Attribute(XNamespace.Xml + "id")!.Value);
        Assert.Contains(document.Descendants(tt + "div").Single().Attribute("region")!.Value, regions);
    }

    [Fact]
    public void Json_holds_every_word_with_its_times()
    {
        using var document = JsonDocument.Parse(Write(CaptionFormat.Json));
        var root = document.RootElement;
        Assert.Equal(("talk.wav", "en", "tiny", 20.0), (Text(root, "file"), Text(root, "language"), Text(root, "model"), root.GetProperty("duration").GetDouble()));
        var words = root.GetProperty("segments").EnumerateArray().SelectMany(segment => segment.GetProperty("words").EnumerateArray())
            .Select(word => (Text(word, "text"), word.GetProperty("start").GetDouble(), word.GetProperty("end").GetDouble(), word.GetProperty("probability").GetDouble()));
        Assert.Equal(Finals.SelectMany(final => final.Words).Select(word => (word.Text, Math.Round(word.Start.Seconds, 3), Math.Round(word.End.Seconds, 3), word.Probability)), words);
    }

    [Fact]
    public void Text_has_a_line_for_each_stretch_of_speech() => Assert.Equal($"{Finals[0].Text}\n{Finals[1].Text}\n", Write(CaptionFormat.Txt));

    [Theory]
    [InlineData(CaptionFormat.Srt, "")]
    [InlineData(CaptionFormat.Vtt, "WEBVTT\n\n")]
    [InlineData(CaptionFormat.Txt, "")]
    public void A_recording_without_speech_gives_an_empty_file(CaptionFormat format, string content) => Assert.Equal(content, Write(format, []));

    [Fact]
    public void A_recording_without_speech_gives_whole_documents()
    {
        using var json = JsonDocument.Parse(Write(CaptionFormat.Json, []));
        Assert.Equal(0, json.RootElement.GetProperty("segments").GetArrayLength());
        Assert.NotNull(XDocument.Parse(Write(CaptionFormat.Ttml, [])).Root);
    }

    [Fact]
    public void A_file_that_cannot_be_finished_leaves_what_was_there()
    {
        Write(CaptionFormat.Srt);
        var before = File.ReadAllText(Path("talk.srt"));
        Assert.Throws<IOException>(() => CaptionFile.Write(Path("talk.srt"), CaptionFormat.Srt, Broken(), new()));
        Assert.Equal(before, File.ReadAllText(Path("talk.srt")));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("a/talk.SRT", CaptionFormat.Srt)]
    [InlineData("talk.ttml", CaptionFormat.Ttml)]
    [InlineData("talk.doc", null)]
    [InlineData("talk.0", null)]
    [InlineData("talk", null)]
    public void The_format_is_known_by_the_files_ending(string path, CaptionFormat? format) => Assert.Equal(format, CaptionFormats.Of(path));

    private static IEnumerable<Transcript> Broken()
    {
        yield return Finals[0];
        throw new IOException("the disk is gone");
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    private string Path(string name) => System.IO.Path.Combine(_folder, name);

    private string Write(CaptionFormat format, IEnumerable<Transcript>? finals = null)
    {
        var path = Path("talk" + format.Extension());
        CaptionFile.Write(path, format, finals ?? Finals, new("talk.wav", 20, "en", "tiny"));
        return File.ReadAllText(path);
    }
}
