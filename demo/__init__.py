"""The web app: pages, their components and what joins the parts."""
