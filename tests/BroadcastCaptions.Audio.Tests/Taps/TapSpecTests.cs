using BroadcastCaptions.Failures;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Audio.Tests.Taps;

public sealed class TapSpecTests
{
    [Theory]
    [InlineData("mic", TapKind.Default, "", "mic", "")]
    [InlineData("default", TapKind.Default, "", "mic", "")]
    [InlineData("Alice=mic", TapKind.Default, "", "alice", "Alice")]
    [InlineData("pulse:alsa_input.usb", TapKind.Device, "alsa_input.usb", "alsa-input-usb", "")]
    [InlineData("Das Spiel=monitor:broadcast", TapKind.Monitor, "broadcast", "das-spiel", "Das Spiel")]
    [InlineData("司会=pulse:a=b", TapKind.Device, "a=b", "司会", "司会")]
    [InlineData("file:not/there.wav", TapKind.File, "not/there.wav", "file", "")]
    public void Specs_are_read(string text, TapKind kind, string target, string id, string label) =>
        Assert.Equal(new TapSpec(kind, target, new AudioSource(id, label)), TapSpec.Parse(text));

    [Fact]
    public void What_exists_is_a_file_whatever_its_name_looks_like()
    {
        using var folder = new TemporaryFolder();
        var path = folder["a=mic"];
        File.WriteAllText(path, "");
        Assert.Equal(new TapSpec(TapKind.File, path, new AudioSource("file")), TapSpec.Parse(path));
        Assert.Equal(new TapSpec(TapKind.File, path, new AudioSource("bob", "Bob")), TapSpec.Parse($"Bob={path}"));
    }

    [Theory]
    [InlineData("microphone", "'microphone' is no tap.")]
    [InlineData("pulse:", "'pulse:' is no tap.")]
    [InlineData("", "'' is no tap.")]
    [InlineData("Bob=talk.wav", "There is no file 'talk.wav'.")]
    [InlineData("=mic", "The tap '=mic' has an empty label.")]
    public void Anything_else_is_refused_with_what_is_allowed(string text, string message)
    {
        var failure = Assert.Throws<CaptionsException>(() => TapSpec.Parse(text));
        Assert.Equal((ExitCode.Usage, message), (failure.Code, failure.Message));
        Assert.NotEmpty(failure.Remedy);
    }

    [Fact]
    public void Every_source_has_an_id_of_its_own() =>
        Assert.Equal(["mic", "mic-2", "mic-3", "alice"], TapSpec.ParseAll(["mic", "Mic=pulse:a", "mic", "Alice=mic"]).Select(spec => spec.Source.Id));
}
