using System.CommandLine;
using System.Text.Json.Nodes;
using BroadcastCaptions.Cli;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.Tests.Configuration;

/// <summary>Where the plug-in's manifest says that a parameter is one of the captioner's too, it is: in captions.json and on the command line.</summary>
public sealed class ManifestTests
{
    private static readonly JsonNode Manifest = Read("plugin-manifest", "broadcast-captions.plugin.json");

    public static TheoryData<string> Shared =>
        [.. Manifest["parameters"]!.AsArray().Select(parameter => (string?)parameter!["configuration"]).OfType<string>()];

    [Theory]
    [MemberData(nameof(Shared))]
    public void A_parameter_of_the_plug_in_that_is_the_captioner_s_too_is_a_key_and_an_option(string key)
    {
        var schema = Read("src", "BroadcastCaptions", "captions.schema.json");
        foreach (var part in key.Split(':'))
        {
            Assert.True(schema["properties"]![part] is not null, $"captions.json has no {key}.");
            schema = schema["properties"]![part]!;
        }

        var parameter = Manifest["parameters"]!.AsArray().Single(one => (string?)one!["configuration"] == key)!;
        var settings = CommonOptions.Recognition();
        var command = new Command("live");
        settings.AddTo(command);
        var given = command.Parse([$"--{parameter["id"]}", (string)parameter["choices"]![1]!["value"]!]);
        Assert.Equal((string)parameter["choices"]![1]!["value"]!, settings.Read(given).Single(option => option.Key == key).Value);
    }

    [Fact]
    public void No_parameter_has_the_name_of_an_option_and_another_meaning()
    {
        var command = LiveCommand.CreateLive();
        Assert.All(Manifest["parameters"]!.AsArray().Concat(Manifest["texts"]!.AsArray()), parameter =>
            Assert.Equal(parameter!["configuration"] is not null, command.Options.Any(option => option.Name == $"--{parameter["id"]}")));
    }

    private static JsonNode Read(params string[] path) => JsonNode.Parse(File.ReadAllText(Path.Combine([Places.Repository, .. path])))!;
}
