using System.Xml.Linq;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.Architecture.Tests;

/// <summary>Which room may reference which: the design's list, and nothing else.</summary>
public sealed class ArrowTests
{
    private const string Onnx = "Microsoft.ML.OnnxRuntime";
    private const string Prefix = "BroadcastCaptions.";
    private const string Product = "BroadcastCaptions";

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Core"] = [],
        ["Bridge"] = [],
        ["Audio"] = ["Core", "Bridge"],
        ["Speech"] = ["Core", Onnx],
        ["Captions"] = ["Core"],
        ["Commands"] = ["Core"],
        ["Obs"] = ["Core"],
        ["Web"] = ["Core"],
        ["ObsPlugin"] = ["Bridge"],
        ["Library"] = ["Core", "Bridge", "Audio", "Speech", "Captions"],
        [Product] = ["Core", "Bridge", "Audio", "Speech", "Captions", "Library", "Commands", "Obs", "Web"],
        [Onnx] = [],
    };

    private static readonly string[] All = [.. TrackedFiles.All.Where(path =>
        path.StartsWith("src/", StringComparison.Ordinal) && path.EndsWith(".csproj", StringComparison.Ordinal))];

    public static TheoryData<string> Projects => [.. All];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_room_references_only_what_the_design_allows(string project)
    {
        var room = Room(project);
        Assert.True(Allowed.TryGetValue(room, out var allowed), $"{project} is no room of the design (design.md §4).");
        foreach (var reference in References(project, "ProjectReference"))
            Assert.True(allowed.Contains(reference), $"{room} → {reference} is an arrow that the design does not have (design.md §4).");
    }

    [Fact]
    public void The_rooms_that_this_test_judges_are_there()
    {
        var rooms = All.Select(Room).ToArray();
        Assert.Superset(new HashSet<string> { "Core", "Bridge", "Audio", "Speech", "Captions", "Library", "Obs", "ObsPlugin", Product, Onnx }, rooms.ToHashSet());
    }

    [Theory]
    [InlineData("Core")]
    [InlineData("Bridge")]
    public void The_foundation_has_no_packages_but_build_tools(string room)
    {
        foreach (var project in All.Where(project => Room(project) == room))
            Assert.All(Elements(project, "PackageReference"), package => Assert.Equal("all", package.Attribute("PrivateAssets")?.Value));
    }

    /// <summary>The library's package must declare what it stands on; its code has no more to do with it than any other room's.</summary>
    [Fact]
    public void The_library_declares_the_inference_engine_and_does_not_use_it() => Assert.DoesNotContain(
        TrackedFiles.All.Where(path => path.StartsWith("src/BroadcastCaptions.Library/", StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal)),
        path => TrackedFiles.Read(path).Contains(Onnx, StringComparison.Ordinal));

    [Fact]
    public void Only_Speech_knows_the_inference_engine()
    {
        var knowing = All.Where(project => Room(project) is not (Onnx or "Library") && References(project, "PackageReference", "ProjectReference", "Import")
            .Any(reference => reference.Contains("OnnxRuntime", StringComparison.Ordinal))).Select(Room);
        Assert.All(knowing, room => Assert.Equal("Speech", room));
    }

    private static IEnumerable<string> References(string project, params string[] kinds) =>
        kinds.SelectMany(kind => Elements(project, kind)).Select(reference => Short(Name(reference)));

    private static string Room(string project) => Short(Path.GetFileNameWithoutExtension(project));

    private static string Short(string name) => name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;

    private static string Name(XElement reference)
    {
        var name = reference.Attribute("Include")?.Value ?? reference.Attribute("Project")?.Value ?? "";
        return name.EndsWith("proj", StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(name.Replace('\\', '/')) : name;
    }

    private static IEnumerable<XElement> Elements(string project, string name) => XDocument.Parse(TrackedFiles.Read(project)).Descendants(name);
}
