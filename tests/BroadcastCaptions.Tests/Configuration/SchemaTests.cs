using System.Text.Json.Nodes;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.Tests.Configuration;

public sealed class SchemaTests
{
    /// <summary>After a change of options, run the tests once with CAPTIONS_UPDATE=1 and commit the schema.</summary>
    [Fact]
    public void Published_schema_is_the_one_of_the_options()
    {
        var expected = SchemaGenerator.Generate();
        var published = Path.Combine(AppContext.BaseDirectory, "captions.schema.json");
        if (Environment.GetEnvironmentVariable("CAPTIONS_UPDATE") == "1") File.WriteAllText(Path.Combine(Places.Repository, "src", "BroadcastCaptions", "captions.schema.json"), expected);
        Assert.Equal(expected, File.ReadAllText(published));
    }

    [Fact]
    public void Schema_knows_ranges_choices_defaults_and_meanings()
    {
        var display = JsonNode.Parse(SchemaGenerator.Generate())!["properties"]!["display"]!["properties"]!;
        Assert.Equal(10, (int)display["lines"]!["maximum"]!);
        Assert.Equal(2, (int)display["lines"]!["default"]!);
        Assert.Equal(["steady", "fast", "finalOnly"], display["policy"]!["enum"]!.AsArray().Select(choice => (string)choice!));
        Assert.Contains("Lines of the block", (string)display["lines"]!["description"]!);
        Assert.StartsWith("Seconds added to replaceAfter for each second", (string)display["replaceSlower"]!["description"]!, StringComparison.Ordinal);
    }
}
