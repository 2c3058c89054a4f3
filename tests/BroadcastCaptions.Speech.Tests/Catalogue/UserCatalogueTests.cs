using BroadcastCaptions.Failures;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>models.json, which people write.</summary>
public sealed class UserCatalogueTests : IDisposable
{
    private const string Entry = """
        { "name": "tiny-de", "family": "whisper", "task": "recognition", "languages": ["de"], "licence": "MIT", "credit": "me",
          "home": "https://example.org/tiny-de", "files": [{ "name": "onnx/encoder_model.onnx", "sources": [{ "url": "https://example.org/e" }] }] }
        """;

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder["models.json"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_entry_is_added()
    {
        var catalogue = ModelCatalogue.Bundled.With(Read($$"""{ "models": [{{Entry}}] }"""));

        Assert.Equal(["de"], catalogue.Find("tiny-de").Languages);
        Assert.Equal(ModelCatalogue.Bundled.Models.Count + 1, catalogue.Models.Count);
        Assert.Equal(["tiny-de", "silero-vad-v6"], catalogue.Needed("tiny-de").Select(model => model.Name));
    }

    [Fact]
    public void An_entry_stands_in_the_place_of_a_bundled_one_of_its_name()
    {
        var catalogue = ModelCatalogue.Bundled.With(Read($$"""{ "models": [{{Entry.Replace("tiny-de", "whisper-tiny.en", StringComparison.Ordinal)}}] }"""));

        Assert.Equal("me", catalogue.Find("whisper-tiny.en").Credit);
        Assert.Equal(ModelCatalogue.Bundled.Models.Count, catalogue.Models.Count);
    }

    [Theory]
    [InlineData("\"whisper\"", "\"wisper\"", "models[0].family is \"wisper\"; moonshine, whisper, silero-vad is allowed")]
    [InlineData("\"tiny-de\",", "\"../up\",", "models[0].name is \"../up\"; a text like")]
    [InlineData("\"onnx/encoder", "\"../../encoder", "models[0].files[0].name is \"../../encoder_model.onnx\"; a text like")]
    [InlineData("\"licence\": \"MIT\",", "", "models[0] lacks licence (SPDX identifier of the weights' licence)")]
    [InlineData("\"licence\"", "\"license\"", "there is no key models[0].license; name, family, task,")]
    [InlineData("[\"de\"]", "\"de\"", "models[0].languages is \"de\"; a list is allowed")]
    [InlineData("\"url\"", "\"uri\"", "models[0].files[0].sources[0] is an object; an object with url, or with package and path is allowed")]
    [InlineData("https://example.org/e", "ftp://example.org/e", "models[0].files[0].sources[0].url is \"ftp://example.org/e\"; an http or https address is allowed")]
    [InlineData("\"sources\": [", "\"size\": 1.5, \"sources\": [", "models[0].files[0].size is 1.5; a whole number of 1 or more is allowed")]
    [InlineData("\"files\": [", "\"files\": 5, \"x\": [", "models[0].files is 5; a list is allowed")]
    public void What_is_wrong_is_named_with_its_value_and_what_is_allowed(string from, string to, string said)
    {
        var failure = Assert.Throws<CaptionsException>(() => Read($$"""{ "models": [{{Entry.Replace(from, to, StringComparison.Ordinal)}}] }"""));

        Assert.Equal(ExitCode.Usage, failure.Code);
        Assert.Contains($"{Path}: {said}", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n  \"models\": [,]\n}", "is not valid JSON in line 2.")]
    [InlineData("[]", "the file is an empty list; an object is allowed.")]
    [InlineData("{}", "the file lacks models")]
    public void A_broken_file_is_said_so(string json, string said)
    {
        var failure = Assert.Throws<CaptionsException>(() => Read(json));

        Assert.Equal(ExitCode.Usage, failure.Code);
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_that_nobody_pinned_is_said_so()
    {
        var failure = Assert.Throws<CaptionsException>(() => ModelCatalogue.Bundled.Package("nobody@1.0.0"));
        Assert.Contains("nobody@1.0.0 without its size and integrity", failure.Message, StringComparison.Ordinal);
    }

    private ModelCatalogue Read(string json)
    {
        File.WriteAllText(Path, json);
        return CatalogueFile.Read(Path);
    }
}
