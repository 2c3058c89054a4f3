using BroadcastCaptions.Configuration;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Options;

namespace BroadcastCaptions.Tests.Configuration;

public sealed class OptionsLoaderTests : IDisposable
{
    private static readonly GivenOption[] Nothing = [];
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"captions-{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Defaults_hold_where_nothing_is_said() => Assert.Equal(42, Load("{}").Display.Columns);

    [Fact]
    public void File_is_read_and_the_command_line_wins()
    {
        File.WriteAllText(_file, """{ "$schema": "./captions.schema.json", "display": { "lines": 3, "columns": 32 }, "blockList": { "add": ["foo"] } }""");
        var options = OptionsLoader.Load(_file, [new("display:lines", "1", "--lines")]);
        Assert.Equal((1, 32), (options.Display.Lines, options.Display.Columns));
        Assert.Equal(["foo"], options.BlockList.Add);
    }

    [Theory]
    [InlineData("""{ "display": { "lines": "two" } }""", "display.lines", "\"two\"", "a whole number from 1 to 10")]
    [InlineData("""{ "display": { "lines": 11 } }""", "display.lines", "\"11\"", "a whole number from 1 to 10")]
    [InlineData("""{ "display": { "policy": "wild" } }""", "display.policy", "\"wild\"", "steady, fast, finalOnly")]
    [InlineData("""{ "display": { "lins": 1 } }""", "display.lins", "lines", "columns")]
    [InlineData("""{ "display": 5 }""", "display", "\"5\"", "an object")]
    [InlineData("""{ "taps": "mic" }""", "taps", "\"mic\"", "a list of texts")]
    [InlineData("""{ "obs": { "enabled": "maybe" } }""", "obs.enabled", "\"maybe\"", "true or false")]
    [InlineData("""{ "speech": { "onsetThreshold": [1] } }""", "speech.onsetThreshold", "a list or an object", "a number from 0.01 to 0.99")]
    [InlineData("""{ "obs": { "host": "ws://studio-pc" } }""", "obs.host", "\"ws://studio-pc\"", "name or address")]
    [InlineData("""{ "obs": { "host": "localhost:4455" } }""", "obs.host", "\"localhost:4455\"", "without ws:// and port")]
    [InlineData("""{ "obs": { "host": "studio pc" } }""", "obs.host", "\"studio pc\"", "name or address")]
    [InlineData("""{ "obs": { "source": " " } }""", "obs.source", "\" \"", "a name")]
    [InlineData("""{ "obs": { "source": "" } }""", "obs.source", "\"\"", "a name")]
    [InlineData("""{ "model": { "language": "xx" } }""", "model.language", "\"xx\"", "de-AT")]
    public void Wrong_option_is_named_with_its_value_and_what_is_allowed(string json, params string[] named)
    {
        var failure = Assert.Throws<CaptionsException>(() => Load(json));
        Assert.Equal(ExitCode.Usage, failure.Code);
        Assert.Contains(_file, failure.Message);
        Assert.All(named, text => Assert.Contains(text, failure.Message));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("192.168.1.5")]
    [InlineData("::1")]
    [InlineData("[::1]")]
    [InlineData("studio_pc")]
    [InlineData("studio.example.org")]
    [InlineData("büro")]
    public void Machine_of_any_form_is_allowed_and_is_a_host_of_an_address(string host)
    {
        var loaded = OptionsLoader.Load(null, [new("obs:host", host, "--obs-host")]).Obs.Host!;
        Assert.True(Uri.IsWellFormedUriString(new UriBuilder("ws", loaded, 4455).Uri.AbsoluteUri, UriKind.Absolute));
    }

    [Fact]
    public void Broken_json_names_the_line()
    {
        var failure = Assert.Throws<CaptionsException>(() => Load("{\n  \"display\": {\n    \"lines\": 2,,\n}"));
        Assert.Contains("not valid JSON in line 3", failure.Message);
        Assert.Equal(ExitCode.Usage, failure.Code);
    }

    [Fact]
    public void Missing_file_that_was_asked_for_is_bad_usage() =>
        Assert.Equal(ExitCode.Usage, Assert.Throws<CaptionsException>(() => OptionsLoader.Load(_file, Nothing)).Code);

    [Fact]
    public void Fault_on_the_command_line_names_the_option()
    {
        var failure = Assert.Throws<CaptionsException>(() => OptionsLoader.Load(null, [new("display:columns", "5", "--columns")]));
        Assert.StartsWith("--columns is \"5\"", failure.Message);
        Assert.Equal("Correct --columns.", failure.Remedy);
    }

    [Fact]
    public void Fault_in_the_file_is_not_blamed_on_the_command_line()
    {
        File.WriteAllText(_file, """{ "taps": "mic" }""");
        var failure = Assert.Throws<CaptionsException>(() => OptionsLoader.Load(_file, [new("taps:0", "talk.wav", "--tap")]));
        Assert.StartsWith($"{_file}: taps is", failure.Message);
    }

    [Theory]
    [InlineData("[]", "object")]
    [InlineData("""{ "display": { "lines": 2 }, "Display": { "lines": 3 } }""", "isplay:lines")]
    public void Json_that_is_no_configuration_says_why(string json, string why) => Assert.Contains(why, Assert.Throws<CaptionsException>(() => Load(json)).Message);

    [Fact]
    public void File_whose_name_begins_with_a_dot_is_read()
    {
        var hidden = Path.Combine(Path.GetTempPath(), $".captions-{Guid.NewGuid():N}.json");
        File.WriteAllText(hidden, """{ "display": { "lines": 3 } }""");
        try
        {
            Assert.Equal(3, OptionsLoader.Load(hidden, Nothing).Display.Lines);
        }
        finally
        {
            File.Delete(hidden);
        }
    }

    private CaptionsOptions Load(string json)
    {
        File.WriteAllText(_file, json);
        return OptionsLoader.Load(_file, Nothing);
    }
}
